package parley.ledger.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.ledger.fold.TestLog.CONFLICT;
import static parley.ledger.fold.TestLog.RU_UA;
import static parley.ledger.fold.TestLog.UA_RU;
import static parley.ledger.fold.TestLog.claim;
import static parley.ledger.fold.TestLog.count;
import static parley.ledger.fold.TestLog.exchange;
import static parley.ledger.fold.TestLog.misidentified;
import static parley.ledger.fold.TestLog.transfer;
import static parley.ledger.fold.TestLog.withheld;

import java.util.List;
import org.junit.jupiter.api.Test;
import parley.contract.About;
import parley.contract.Assertion;
import parley.contract.Assertion.Confirmation;
import parley.contract.Assertion.Denial;
import parley.contract.Assertion.Total;
import parley.contract.Category;
import parley.ledger.fold.Outcome.Rejected;

/// What claims do to the figures of an exchange: never to `best`.
class CaseFoldClaimsTest {
    private static final String DAY = "2025-07-17";
    private static final String NEXT_DAY = "2025-07-18";
    private static final Denial DENIED = new Denial(null, null);

    private final TestLog log = TestLog.ofConflict();
    private final TestLog.Sender north = log.publisher("north");
    private final TestLog.Sender south = log.publisher("south");

    @Test
    void aClaimWidensTheFigureAndLeavesTheBest() {
        thousandCame();
        north.records("k", claim("Ann", DAY, "x", count(RU_UA, 990)));
        north.records("l", claim("Ben", DAY, "x", count(RU_UA, 1003)));

        assertThat(log.total(RU_UA)).isEqualTo(new Figure(1000, 990, 1003, 0, 0));
    }

    @Test
    void theFigureWidensFromTheClaimOn() {
        LoggedEvent report = thousandCame();
        LoggedEvent made = north.records("k", claim("Ann", DAY, "x", count(RU_UA, 990)));

        assertThat(log.totalAt(report, RU_UA)).isEqualTo(new Figure(1000, 1000, 1000, 0, 0));
        assertThat(log.totalAt(made, RU_UA)).isEqualTo(new Figure(1000, 990, 1000, 0, 0));
        assertThat(log.entries()).extracting(Entry::statedAt).containsExactly(report.at());
    }

    @Test
    void aClaimThatChangesNoFigureOpensNoEntry() {
        thousandCame();
        north.records("k", claim("Ann", DAY, "x", count(RU_UA, 1000)));

        assertThat(log.folded().entries()).hasSize(1);
    }

    @Test
    void aClaimBeforeItsExchangeBearsOnItAllTheSame() {
        north.records("k", claim("Ann", DAY, "x", count(RU_UA, 990)));
        thousandCame();

        assertThat(log.total(RU_UA)).isEqualTo(new Figure(1000, 990, 1000, 0, 0));
    }

    @Test
    void aClaimOfAnotherDirectionBearsOnNothing() {
        thousandCame();
        north.records("k", claim("Ann", DAY, "x", count(UA_RU, 5)));
        north.records("l", claim("Ann", DAY, "x", misidentified(UA_RU, 5)));

        assertThat(log.total(RU_UA)).isEqualTo(new Figure(1000, 1000, 1000, 0, 0));
    }

    @Test
    void lowAndHighOfTheTransferAndOfTheClaimCount() {
        north.reports("x", exchange(DAY, transfer(RU_UA, 1000, 995, null, null)));
        north.records("k", claim("Ann", DAY, "x", count(RU_UA, 1001, 990, 1010)));

        assertThat(log.total(RU_UA)).isEqualTo(new Figure(1000, 990, 1010, 0, 0));
    }

    @Test
    void ofEachClaimantTheNewestByTheDayStatedCounts() {
        thousandCame();
        north.records("k", claim("Ann", NEXT_DAY, "x", count(RU_UA, 1001)));
        north.records("l", claim("Ann", DAY, "x", count(RU_UA, 900)));

        assertThat(log.total(RU_UA)).isEqualTo(new Figure(1000, 1000, 1001, 0, 0));
    }

    @Test
    void ofOneDayTheLatestOnTheLogCounts() {
        thousandCame();
        north.records("k", claim("Ann", DAY, "x", count(RU_UA, 900)));
        north.records("l", claim("Ann", DAY, "x", count(RU_UA, 1001)));

        assertThat(log.total(RU_UA)).isEqualTo(new Figure(1000, 1000, 1001, 0, 0));
    }

    @Test
    void aCorrectedClaimStandsOnTheLogWhereItsCorrectionDoes() {
        thousandCame();
        north.records("k", claim("Ann", DAY, "x", count(RU_UA, 900)));
        north.records("l", claim("Ann", DAY, "x", count(RU_UA, 1001)));
        north.correctsClaim("k", claim("Ann", DAY, "x", count(RU_UA, 950)));

        assertThat(log.total(RU_UA)).isEqualTo(new Figure(1000, 950, 1000, 0, 0));
    }

    @Test
    void aMonthIsStatedOnItsLastDay() {
        thousandCame();
        north.records("k", claim("Ann", "2025-07", "x", count(RU_UA, 900)));
        north.records("l", claim("Ann", "2025-07-30", "x", count(RU_UA, 950)));

        assertThat(log.total(RU_UA)).isEqualTo(new Figure(1000, 900, 1000, 0, 0));
    }

    @Test
    void whenTheNewestIsRetractedTheOneBeforeCountsAgain() {
        thousandCame();
        north.records("k", claim("Ann", DAY, "x", count(RU_UA, 900)));
        LoggedEvent newer = north.records("l", claim("Ann", NEXT_DAY, "x", count(RU_UA, 950)));
        north.retractsClaim("l");

        assertThat(log.totalAt(newer, RU_UA)).isEqualTo(new Figure(1000, 950, 1000, 0, 0));
        assertThat(log.total(RU_UA)).isEqualTo(new Figure(1000, 900, 1000, 0, 0));
    }

    @Test
    void aRetractedClaimStandsAgainByACorrection() {
        thousandCame();
        north.records("k", claim("Ann", DAY, "x", count(RU_UA, 900)));
        north.retractsClaim("k");
        north.correctsClaim("k", claim("Ann", DAY, "x", count(RU_UA, 950)));

        assertThat(log.total(RU_UA)).isEqualTo(new Figure(1000, 950, 1000, 0, 0));
    }

    @Test
    void aNewerClaimWithoutACountTakesTheOlderFigureBack() {
        thousandCame();
        north.records("k", claim("Ann", DAY, "x", count(RU_UA, 900)));
        north.records("l", claim("Ann", NEXT_DAY, "x", count(RU_UA, null, null, null)));

        assertThat(log.total(RU_UA)).isEqualTo(new Figure(1000, 1000, 1000, 0, 0));
    }

    @Test
    void aClaimMovesToAnotherExchangeByACorrection() {
        thousandCame();
        north.reports("y", exchange(DAY, transfer(UA_RU, 19)));
        north.records("k", claim("Ann", DAY, "x", count(RU_UA, 900)));
        north.correctsClaim("k", claim("Ann", DAY, "y", count(UA_RU, 20)));

        assertThat(log.total(RU_UA)).isEqualTo(new Figure(1000, 1000, 1000, 0, 0));
        assertThat(log.total(UA_RU)).isEqualTo(new Figure(19, 19, 20, 0, 0));
    }

    @Test
    void aStrangersCorrectionOfAClaimChangesNothing() {
        thousandCame();
        north.records("k", claim("Ann", DAY, "x", count(RU_UA, 900)));
        LoggedEvent correction = south.correctsClaim("k", claim("Ann", DAY, "x", count(RU_UA, 1)));

        assertThat(log.outcome(correction)).isInstanceOf(Rejected.class);
        assertThat(log.total(RU_UA)).isEqualTo(new Figure(1000, 900, 1000, 0, 0));
    }

    @Test
    void ofAWithheldCountTheLargestFigureClaimedIsTheHighest() {
        north.reports("x", exchange(DAY, withheld(RU_UA)));
        north.records("k", claim("Ann", DAY, "x", count(RU_UA, 90)));
        north.records("l", claim("Ben", DAY, "x", count(RU_UA, 100, null, 120)));
        north.records("m", claim("Cid", DAY, "x", DENIED));

        assertThat(log.total(RU_UA)).isEqualTo(new Figure(0, 0, 120, 0, 1));
    }

    @Test
    void aWithheldCountMayNameAnUpperBoundItself() {
        north.reports("x", exchange(DAY, transfer(RU_UA, null, 5, 50, null)));

        assertThat(log.total(RU_UA)).isEqualTo(new Figure(0, 0, 50, 0, 1));
    }

    @Test
    void whoeverIsMisidentifiedIsDisputed() {
        thousandCame();
        north.records("k", claim("Ann", DAY, "x", misidentified(RU_UA, 20)));
        north.records("l", claim("Ben", DAY, "x", misidentified(RU_UA, 5)));

        assertThat(log.total(RU_UA)).isEqualTo(new Figure(1000, 1000, 1000, 20, 0));
    }

    @Test
    void aDenialDisputesEveryTransferOfItsExchange() {
        north.reports("x", exchange(DAY, transfer(RU_UA, 1000), transfer(UA_RU, 19)));
        north.records("k", claim("Ann", DAY, "x", new Denial(null, 30)));

        assertThat(log.total(RU_UA)).isEqualTo(new Figure(1000, 1000, 1000, 30, 0));
        assertThat(log.total(UA_RU)).isEqualTo(new Figure(19, 19, 19, 19, 0));
    }

    @Test
    void aDisputeWithoutACountIsOfTheWhole() {
        thousandCame();
        north.records("k", claim("Ann", DAY, "x", misidentified(RU_UA, null)));

        assertThat(log.total(RU_UA).disputed()).isEqualTo(1000);
    }

    @Test
    void aClaimantsNewerDenialTakesThePlaceOfWhatTheySaidToBeMisidentified() {
        thousandCame();
        north.records("k", claim("Ann", DAY, "x", DENIED));
        north.records("l", claim("Ann", NEXT_DAY, "x", misidentified(RU_UA, 20)));

        assertThat(log.total(RU_UA).disputed()).isEqualTo(20);
    }

    @Test
    void theDenialOfAClaimIsNotOneOfTheExchange() {
        thousandCame();
        north.records("k", claim("Ann", DAY, "x", count(RU_UA, 990)));
        north.records("l", claim("Ben", DAY, "x", new Denial("k", null)));

        assertThat(log.total(RU_UA)).isEqualTo(new Figure(1000, 990, 1000, 0, 0));
    }

    @Test
    void aDisputeMovesNoBoundAndACountDisputesNothing() {
        thousandCame();
        north.records("k", claim("Ann", DAY, "x", count(RU_UA, 990)));
        north.records("l", claim("Ann", NEXT_DAY, "x", misidentified(RU_UA, 20)));

        assertThat(log.total(RU_UA)).isEqualTo(new Figure(1000, 990, 1000, 20, 0));
    }

    @Test
    void confirmationsTotalsAndWordsMoveNoFigure() {
        thousandCame();
        var total =
                new Total(
                        3,
                        null,
                        null,
                        null,
                        null,
                        List.of(Category.REMAINS),
                        "RU",
                        "UA",
                        null,
                        null,
                        null);
        north.records("k", claim("Ann", DAY, "x", DENIED));
        north.records("l", claim("Ann", NEXT_DAY, "x", new Confirmation(null)));
        north.records("m", claim("Ann", NEXT_DAY, "x", new Assertion.Statement()));
        north.records("n", claim("Ann", NEXT_DAY, "x", total));

        assertThat(log.total(RU_UA)).isEqualTo(new Figure(1000, 1000, 1000, 1000, 0));
    }

    @Test
    void aClaimAboutAnAgreementBearsOnNoExchange() {
        thousandCame();
        north.records("k", claim(CONFLICT, "Ann", DAY, new About(null, "x"), count(RU_UA, 6000)));

        assertThat(log.total(RU_UA)).isEqualTo(new Figure(1000, 1000, 1000, 0, 0));
        assertThat(log.edition(Kind.CLAIM, "k").agreement()).isEqualTo("x");
    }

    @Test
    void aClaimAwaitsItsConflictToo() {
        north.reports("x", exchange("later", DAY, null, transfer(RU_UA, 1000)));
        LoggedEvent made =
                north.records("k", claim("later", "Ann", DAY, new About("x", null), DENIED));
        Outcome before = log.outcome(made);
        log.defines("later", TestLog.side("RU"), TestLog.side("UA"));

        assertThat(before).isInstanceOf(Rejected.class);
        assertThat(log.totalAt(made, RU_UA).disputed()).isZero();
        assertThat(log.total(RU_UA).disputed()).isEqualTo(1000);
    }

    @Test
    void aClaimBearsOnlyOnAnExchangeOfItsOwnConflict() {
        log.defines("other", TestLog.side("RU"), TestLog.side("UA"));
        thousandCame();
        north.records("k", claim("other", "Ann", DAY, new About("x", null), count(RU_UA, 990)));
        north.records("l", claim("other", "Ben", DAY, new About("x", null), DENIED));
        Figure before = log.total(RU_UA);
        north.corrects("x", exchange("other", DAY, null, transfer(RU_UA, 1000)));

        assertThat(before).isEqualTo(new Figure(1000, 1000, 1000, 0, 0));
        assertThat(log.total(RU_UA)).isEqualTo(new Figure(1000, 990, 1000, 1000, 0));
    }

    @Test
    void whoTakesBackAllOfHisWordsThatTheCaseKeepsIsHeldToThoseThatItHasSetAside() {
        LoggedEvent report = thousandCame();
        List<LoggedEvent> made =
                List.of(
                        north.records("k", claim("Ann", DAY, "x", count(RU_UA, 900))),
                        north.records("l", claim("Ann", DAY, "x", count(RU_UA, 950))),
                        north.records("m", claim("Ann", DAY, "x", count(RU_UA, 970))));
        var fold = new CaseFold();
        fold.goOn(List.of(report), log.definitions());
        fold.goOn(made, log.definitions());
        fold.step();

        fold.setAside();
        LoggedEvent newest = north.retractsClaim("m");
        boolean recalled = fold.recall(made.subList(2, 3), log.definitions());
        boolean wentOn = fold.goOn(List.of(newest), log.definitions());
        List<Known<Entry>> then = fold.step().is().entries();

        fold.setAside();
        LoggedEvent newer = north.retractsClaim("l");
        fold.recall(made.subList(1, 2), log.definitions());
        boolean wentOnAgain = fold.goOn(List.of(newer), log.definitions());

        assertThat(recalled && wentOn).isTrue();
        assertThat(then)
                .filteredOn(Known::isCurrent)
                .extracting(known -> known.value().figure())
                .containsExactly(new Figure(1000, 950, 1000, 0, 0));
        assertThat(wentOnAgain).isFalse();
    }

    private LoggedEvent thousandCame() {
        return north.reports("x", exchange(DAY, transfer(RU_UA, 1000)));
    }
}
