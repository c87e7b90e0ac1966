package parley.ledger.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.ledger.fold.TestLog.CONFLICT;
import static parley.ledger.fold.TestLog.RU_UA;
import static parley.ledger.fold.TestLog.START;
import static parley.ledger.fold.TestLog.UA_RU;
import static parley.ledger.fold.TestLog.agreement;
import static parley.ledger.fold.TestLog.claim;
import static parley.ledger.fold.TestLog.conflict;
import static parley.ledger.fold.TestLog.count;
import static parley.ledger.fold.TestLog.exchange;
import static parley.ledger.fold.TestLog.side;
import static parley.ledger.fold.TestLog.third;
import static parley.ledger.fold.TestLog.transfer;
import static parley.ledger.fold.TestLog.withheld;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import parley.contract.Category;
import parley.contract.CountStatus;
import parley.contract.Direction;
import parley.contract.Exchange;
import parley.contract.LedgerEvent.AgreementReported;
import parley.contract.LedgerEvent.ConflictDefined;
import parley.contract.LedgerEvent.ExchangeRetracted;
import parley.ledger.fold.Outcome.Applied;
import parley.ledger.fold.Outcome.Duplicate;
import parley.ledger.fold.Outcome.Rejected;

/// What single exchanges, with all that happens to them, amount to. What claims do to a figure
/// stands in [CaseFoldClaimsTest], merges in
/// [CaseFoldMergesTest].
class CaseFoldTest {
    private static final String DAY = "2025-07-17";
    private static final Exchange THOUSAND_FOR_NINETEEN =
            exchange(DAY, transfer(RU_UA, 1000), transfer(UA_RU, 19));

    private final TestLog log = TestLog.ofConflict();
    private final TestLog.Sender north = log.publisher("north");
    private final TestLog.Sender south = log.publisher("south");
    private final TestLog.Sender desk = log.editor();

    @Test
    void nothingAmountsToNothing() {
        assertThat(CaseFold.fold(List.of(), Definitions.NONE)).isEqualTo(Folded.NOTHING);
    }

    @Test
    void aThousandCameForNineteen() {
        north.reports("x", THOUSAND_FOR_NINETEEN);

        assertThat(log.totals()).isEqualTo(Map.of(RU_UA, exactly(1000), UA_RU, exactly(19)));
    }

    @Test
    void anEntryLeadsBackToTheEventThatStatesIt() {
        LoggedEvent report =
                north.reports("x", exchange(CONFLICT, DAY, "deal", transfer(RU_UA, 7)));

        assertThat(log.folded().entries())
                .containsExactly(
                        new Known<>(
                                new Entry(
                                        report.at(),
                                        0,
                                        CONFLICT,
                                        "x",
                                        day(DAY),
                                        RU_UA,
                                        "deal",
                                        transfer(RU_UA, 7).quantity(),
                                        exactly(7)),
                                report.recordedAt(),
                                null));
    }

    @Test
    void aCorrectionTakesThePlaceOfWhatItCorrects() {
        LoggedEvent report = north.reports("x", THOUSAND_FOR_NINETEEN);
        LoggedEvent correction =
                north.corrects("x", exchange(DAY, transfer(RU_UA, 1003), transfer(UA_RU, 19)));

        assertThat(log.total(RU_UA)).isEqualTo(exactly(1003));
        assertThat(log.totalAt(report, RU_UA)).isEqualTo(exactly(1000));
        assertThat(log.folded().entries())
                .filteredOn(it -> !it.isCurrent())
                .allMatch(it -> correction.recordedAt().equals(it.to()))
                .hasSize(2);
    }

    @Test
    void aCorrectionThatChangesNoFigureStatesItAnewAllTheSame() {
        north.reports("x", THOUSAND_FOR_NINETEEN);
        LoggedEvent correction = north.corrects("x", THOUSAND_FOR_NINETEEN);

        assertThat(log.entries()).extracting(Entry::statedAt).containsOnly(correction.at());
        assertThat(log.folded().entries()).hasSize(4);
    }

    @Test
    void aCorrectionMayDropATransferAndAddAnother() {
        var civilians = new Direction("UA", "RU", Category.CIVILIAN);
        north.reports("x", THOUSAND_FOR_NINETEEN);
        north.corrects("x", exchange(DAY, transfer(civilians, 2), transfer(RU_UA, 1000)));

        assertThat(log.totals()).isEqualTo(Map.of(civilians, exactly(2), RU_UA, exactly(1000)));
    }

    @Test
    void aCorrectionMovesTheDay() {
        north.reports("x", exchange("2025-07-17", transfer(RU_UA, 1000)));
        north.corrects("x", exchange("2025-07-18", transfer(RU_UA, 1000)));

        assertThat(log.entries()).extracting(Entry::validOn).containsExactly(day("2025-07-18"));
        assertThat(log.edition(Kind.EXCHANGE, "x").validOn()).isEqualTo("2025-07-18");
    }

    @Test
    void aMonthCountsFromItsLastDay() {
        north.reports("x", exchange("2025-06", transfer(RU_UA, 1)));
        north.reports("y", exchange("2025-06-11/2025-06-16", transfer(RU_UA, 2)));

        assertThat(log.entries())
                .extracting(Entry::validOn)
                .containsExactly(day("2025-06-30"), day("2025-06-16"));
    }

    @Test
    void aTransfersOwnAgreementStandsInPlaceOfTheExchanges() {
        north.reports(
                "x",
                exchange(
                        CONFLICT,
                        DAY,
                        "istanbul",
                        transfer(RU_UA, 1000),
                        transfer(UA_RU, 19, null, null, "other-deal")));

        assertThat(log.entries())
                .extracting(Entry::agreement)
                .containsExactly("istanbul", "other-deal");
    }

    @Test
    void whatIsRetractedNoLongerCounts() {
        LoggedEvent report = north.reports("x", THOUSAND_FOR_NINETEEN);
        north.retracts("x");

        assertThat(log.totals()).isEmpty();
        assertThat(log.totalAt(report, RU_UA)).isEqualTo(exactly(1000));
        assertThat(log.edition(Kind.EXCHANGE, "x").status()).isEqualTo(Status.RETRACTED);
    }

    @Test
    void aCorrectionMakesWhatWasRetractedStandAgain() {
        north.reports("x", THOUSAND_FOR_NINETEEN);
        LoggedEvent retraction = north.retracts("x");
        north.corrects("x", exchange(DAY, transfer(RU_UA, 1000)));

        assertThat(log.totals()).isEqualTo(Map.of(RU_UA, exactly(1000)));
        assertThat(log.totalAt(retraction, RU_UA)).isEqualTo(Figure.NONE);
        assertThat(log.edition(Kind.EXCHANGE, "x").status()).isEqualTo(Status.STANDING);
        assertThat(log.edition(Kind.EXCHANGE, "x").revision()).isEqualTo(3);
    }

    @Test
    void whatSaysSomethingOnlyForNoTimeIsNotKept() {
        LoggedEvent report = north.reports("x", THOUSAND_FOR_NINETEEN);
        var atOnce =
                new LoggedEvent(
                        new Coordinates(report.at().topic(), 0, 1),
                        report.recordedAt(),
                        TestLog.envelope(
                                "north",
                                report.envelope().authority(),
                                "at once",
                                "x",
                                new ExchangeRetracted("untrue")),
                        new ExchangeRetracted("untrue"));

        Folded folded = CaseFold.fold(List.of(report, atOnce), log.definitions());

        assertThat(folded.entries()).isEmpty();
        assertThat(folded.editions()).hasSize(1);
    }

    @Test
    void aSecondReportIsRejected() {
        north.reports("x", THOUSAND_FOR_NINETEEN);
        LoggedEvent second = north.reports("x", exchange(DAY, transfer(RU_UA, 5)));

        assertRejected(second, "The exchange `x` was reported already");
        assertThat(log.total(RU_UA)).isEqualTo(exactly(1000));
    }

    @Test
    void whatWasNeverReportedCanNeitherBeCorrectedNorRetracted() {
        LoggedEvent correction = north.corrects("x", THOUSAND_FOR_NINETEEN);
        LoggedEvent retraction = north.retracts("x");

        assertRejected(correction, "No exchange `x` was reported before");
        assertRejected(retraction, "No exchange `x` was reported before");
        assertThat(log.totals()).isEmpty();
    }

    @Test
    void aStrangerChangesNothing() {
        north.reports("x", THOUSAND_FOR_NINETEEN);
        LoggedEvent correction = south.corrects("x", exchange(DAY, transfer(RU_UA, 5)));
        LoggedEvent retraction = south.retracts("x");

        assertRejected(correction, "the statement of another publisher");
        assertRejected(retraction, "the statement of another publisher");
        assertThat(log.total(RU_UA)).isEqualTo(exactly(1000));
    }

    @Test
    void anEditorMayCorrectEveryonesAndTheyStayTheirs() {
        north.reports("x", THOUSAND_FOR_NINETEEN);
        desk.corrects("x", exchange(DAY, transfer(RU_UA, 1003)));
        north.corrects("x", exchange(DAY, transfer(RU_UA, 1004)));

        assertThat(log.total(RU_UA)).isEqualTo(exactly(1004));
        assertThat(log.edition(Kind.EXCHANGE, "x").publisher()).isEqualTo("north");
    }

    @Test
    void zeroWithheldAndUnknownAreThreeThings() {
        north.reports("x", exchange(DAY, transfer(RU_UA, 0), withheld(UA_RU)));

        assertThat(log.totals())
                .isEqualTo(Map.of(RU_UA, exactly(0), UA_RU, new Figure(0, 0, 0, 0, 1)));
        assertThat(log.entries())
                .extracting(it -> it.quantity().status())
                .containsExactly(CountStatus.STATED, CountStatus.WITHHELD);
    }

    @Test
    void theSameAgainIsADuplicate() {
        LoggedEvent report = north.reports("x", THOUSAND_FOR_NINETEEN);
        Folded once = log.folded();
        LoggedEvent again = log.again(report);

        assertThat(log.outcome(again)).isEqualTo(new Duplicate(report.at()));
        assertThat(log.folded().entries()).isEqualTo(once.entries());
        assertThat(log.folded().editions()).isEqualTo(once.editions());
    }

    @Test
    void theSameIdWithOtherWordsIsRejected() {
        north.underKey("key").reports("x", THOUSAND_FOR_NINETEEN);
        LoggedEvent other = north.underKey("key").corrects("x", exchange(DAY, transfer(RU_UA, 5)));

        assertRejected(other, "was sent before and said something else");
        assertThat(log.total(RU_UA)).isEqualTo(exactly(1000));
    }

    @Test
    void theSameIdOfAnotherPublisherOrOfAnotherSubjectIsAnotherEvent() {
        north.underKey("key").reports("x", exchange(DAY, transfer(RU_UA, 1)));
        north.underKey("key").reports("y", exchange(DAY, transfer(RU_UA, 2)));
        south.underKey("key").reports("z", exchange(DAY, transfer(RU_UA, 4)));

        assertThat(log.total(RU_UA)).isEqualTo(exactly(7));
    }

    @Test
    void aReportAwaitsItsConflict() {
        LoggedEvent report =
                north.reports("x", exchange("later", DAY, null, transfer(RU_UA, 1000)));

        assertThat(log.outcome(report))
                .isEqualTo(new Rejected("The conflict `later` is not defined.", "later"));
    }

    @Test
    void aConflictDefinedLaterMakesTheCaseAsIfReplayed() {
        LoggedEvent report =
                north.reports("x", exchange("later", DAY, null, transfer(RU_UA, 1000)));
        LoggedEvent correction =
                north.corrects("x", exchange("later", DAY, null, transfer(RU_UA, 1003)));
        log.defines("later", side("RU"), side("UA"));

        assertThat(log.outcome(report)).isEqualTo(new Applied());
        assertThat(log.total(RU_UA)).isEqualTo(exactly(1003));
        assertThat(log.totalAt(correction, RU_UA)).isEqualTo(Figure.NONE);
        assertThat(log.folded().entries())
                .extracting(Known::from)
                .containsExactly(START.plusSeconds(4 * 60));
    }

    @Test
    void whatBecameOfAnEventIsToldForEachMoment() {
        LoggedEvent first = north.reports("x", exchange("later", DAY, null, transfer(RU_UA, 1)));
        LoggedEvent second = south.reports("x", exchange(DAY, transfer(RU_UA, 2)));
        log.defines("later", side("RU"), side("UA"));
        var turn = second.recordedAt().plusSeconds(60);

        assertThat(log.history(first))
                .containsExactly(
                        new Known<>(
                                new Rejected("The conflict `later` is not defined.", "later"),
                                first.recordedAt(),
                                turn),
                        new Known<>(new Applied(), turn, null));
        assertThat(log.history(second))
                .extracting(Known::from)
                .containsExactly(second.recordedAt(), turn);
        assertThat(log.history(second).getFirst())
                .isEqualTo(new Known<>(new Applied(), second.recordedAt(), turn));
        assertThat(log.history(second).getLast().value()).isInstanceOf(Rejected.class);
    }

    @Test
    void aDefinitionThatRefusesForAnotherReasonChangesNotWhatWasSaidBefore() {
        LoggedEvent stranger =
                north.reports(
                        "x",
                        exchange(
                                "later",
                                DAY,
                                null,
                                transfer(new Direction("RU", "XX", Category.CHILD), 5)));
        log.defines("later", side("RU"), side("UA"));
        log.defines("later", side("RU"), side("UA"), third("TR"));
        var turn = stranger.recordedAt().plusSeconds(60);

        assertThat(log.history(stranger))
                .containsExactly(
                        new Known<>(
                                new Rejected("The conflict `later` is not defined.", "later"),
                                stranger.recordedAt(),
                                turn),
                        new Known<>(
                                new Rejected("`XX` is not a party of `later`.", "later"),
                                turn,
                                null));
    }

    @Test
    void theReportThatABelatedDefinitionMakesValidComesBeforeOneThatCouldStandMeanwhile() {
        LoggedEvent first = north.reports("x", exchange("later", DAY, null, transfer(RU_UA, 1)));
        LoggedEvent second = south.reports("x", exchange(DAY, transfer(RU_UA, 2)));
        log.defines("later", side("RU"), side("UA"));

        assertThat(log.totalAt(second, RU_UA)).isEqualTo(exactly(2));
        assertThat(log.total(RU_UA)).isEqualTo(exactly(1));
        assertThat(log.outcome(first)).isEqualTo(new Applied());
        assertRejected(second, "was reported already");
    }

    @Test
    void aPartyOnceDefinedStaysKnown() {
        var turkey = new Direction("RU", "TR", Category.CIVILIAN);
        log.defines(CONFLICT, side("RU"), side("UA"), third("TR"));
        log.defines(CONFLICT, side("RU"), side("UA"));
        LoggedEvent report = north.reports("x", exchange(DAY, transfer(turkey, 5)));

        assertThat(log.outcome(report)).isEqualTo(new Applied());
    }

    @Test
    void aHandoverBetweenThirdPartiesOrToAStrangerIsRejected() {
        log.defines(CONFLICT, side("RU"), side("UA"), third("TR"), third("QA"));
        LoggedEvent thirds =
                north.reports(
                        "x", exchange(DAY, transfer(new Direction("TR", "QA", Category.CHILD), 5)));
        LoggedEvent stranger =
                north.reports(
                        "y", exchange(DAY, transfer(new Direction("RU", "XX", Category.CHILD), 5)));

        assertRejected(thirds, "Neither `TR` nor `QA` is a side.");
        assertThat(log.outcome(stranger))
                .isEqualTo(new Rejected("`XX` is not a party of `ru-ua`.", CONFLICT));
    }

    @Test
    void aCorrectionThatDoesNotFitLeavesWhatStands() {
        north.reports("x", THOUSAND_FOR_NINETEEN);
        LoggedEvent correction =
                north.corrects("x", exchange("later", DAY, null, transfer(RU_UA, 5)));

        assertThat(log.outcome(correction)).isInstanceOf(Rejected.class);
        assertThat(log.total(RU_UA)).isEqualTo(exactly(1000));
    }

    @Test
    void anAgreementHasEditionsAndNoEntries() {
        LoggedEvent report =
                north.send(
                        "istanbul",
                        new AgreementReported(agreement(CONFLICT, "2025-06", RU_UA, 6000)));

        assertThat(log.outcome(report)).isEqualTo(new Applied());
        assertThat(log.folded().entries()).isEmpty();
        assertThat(log.edition(Kind.AGREEMENT, "istanbul").validOn()).isEqualTo("2025-06-30");
    }

    @Test
    void onlyAnEditorDefinesAConflictAndMayDoSoAgain() {
        var two = new ConflictDefined(conflict(side("RU"), side("UA")));
        var three = new ConflictDefined(conflict(side("RU"), side("UA"), third("TR")));
        desk.send(CONFLICT, two);
        LoggedEvent publishers = north.send(CONFLICT, three);
        LoggedEvent second = desk.send(CONFLICT, three);

        assertRejected(publishers, "Only an editor may define a conflict.");
        assertThat(log.outcome(second)).isEqualTo(new Applied());
        assertThat(log.edition(Kind.CONFLICT, CONFLICT).revision()).isEqualTo(2);
        assertThat(log.edition(Kind.CONFLICT, CONFLICT).statedAt()).isEqualTo(second.at());
    }

    @Test
    void aClaimAndAnExchangeOfOneIdAreTwoThings() {
        north.reports("x", exchange(DAY, transfer(RU_UA, 1000)));
        north.records("x", claim("Ann", DAY, "x", count(RU_UA, 990)));
        north.retractsClaim("x");

        assertThat(log.total(RU_UA)).isEqualTo(exactly(1000));
        assertThat(log.edition(Kind.EXCHANGE, "x").status()).isEqualTo(Status.STANDING);
        assertThat(log.edition(Kind.CLAIM, "x").status()).isEqualTo(Status.RETRACTED);
    }

    private void assertRejected(LoggedEvent event, String reason) {
        assertThat(log.outcome(event))
                .isInstanceOfSatisfying(
                        Rejected.class, it -> assertThat(it.reason()).contains(reason));
    }

    private static Figure exactly(int count) {
        return new Figure(count, count, count, 0, 0);
    }

    private static LocalDate day(String day) {
        return LocalDate.parse(day);
    }
}
