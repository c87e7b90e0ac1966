package parley.ledger.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.ledger.fold.TestLog.RU_UA;
import static parley.ledger.fold.TestLog.claim;
import static parley.ledger.fold.TestLog.count;
import static parley.ledger.fold.TestLog.exchange;
import static parley.ledger.fold.TestLog.transfer;

import org.junit.jupiter.api.Test;
import parley.contract.Exchange;
import parley.ledger.fold.Outcome.Applied;
import parley.ledger.fold.Outcome.Rejected;

/// One handover that was reported under several ids.
class CaseFoldMergesTest {
    private static final String DAY = "2025-07-17";

    private final TestLog log = TestLog.ofConflict();
    private final TestLog.Sender north = log.publisher("north");
    private final TestLog.Sender desk = log.editor();

    @Test
    void whatIsMergedCountsOnce() {
        north.reports("x", people(1));
        LoggedEvent twice = north.reports("y", people(2));
        desk.merges("y", "x");

        assertThat(log.totalAt(twice, RU_UA).best()).isEqualTo(3);
        assertThat(log.total(RU_UA).best()).isEqualTo(1);
        assertThat(log.edition(Kind.EXCHANGE, "y").status()).isEqualTo(Status.MERGED);
        assertThat(log.edition(Kind.EXCHANGE, "y").mergedInto()).isEqualTo("x");
    }

    @Test
    void onlyAnEditorMerges() {
        north.reports("x", people(1));
        north.reports("y", people(2));
        LoggedEvent merge = north.merges("y", "x");

        assertRejected(merge, "Only an editor may merge exchanges.");
        assertThat(log.total(RU_UA).best()).isEqualTo(3);
    }

    @Test
    void whatIsNotReportedCannotBeMerged() {
        LoggedEvent merge = desk.merges("y", "x");
        north.reports("x", people(1));
        north.reports("y", people(2));

        assertRejected(merge, "No exchange `y` was reported before.");
        assertThat(log.total(RU_UA).best()).isEqualTo(3);
    }

    @Test
    void aMergeTakesEffectOnceItsTargetIsReported() {
        north.reports("y", people(2));
        LoggedEvent merge = desk.merges("y", "x");
        north.reports("x", people(1));

        assertThat(log.outcome(merge)).isEqualTo(new Applied());
        assertThat(log.totalAt(merge, RU_UA).best()).isEqualTo(2);
        assertThat(log.total(RU_UA).best()).isEqualTo(1);
    }

    @Test
    void theClaimsGoOverToWhatItIsMergedInto() {
        north.reports("x", people(10));
        north.reports("y", people(20));
        north.records("k", claim("Ann", DAY, "y", count(RU_UA, 12)));
        north.records("l", claim("Ann", "2025-07-16", "x", count(RU_UA, 5)));
        desk.merges("y", "x");
        north.records("m", claim("Ben", DAY, "y", count(RU_UA, 9)));

        assertThat(log.total(RU_UA)).isEqualTo(new Figure(10, 9, 12, 0, 0));
        assertThat(log.edition(Kind.CLAIM, "m").exchange()).isEqualTo("x");
    }

    @Test
    void theEndOfAChainCountsWithTheClaimsOfAll() {
        north.reports("x", people(1));
        north.reports("y", people(2));
        north.reports("z", people(4));
        north.records("k", claim("Ann", DAY, "z", count(RU_UA, 9)));
        desk.merges("z", "y");
        desk.merges("y", "x");

        assertThat(log.total(RU_UA)).isEqualTo(new Figure(1, 1, 9, 0, 0));
        assertThat(log.edition(Kind.EXCHANGE, "z").mergedInto()).isEqualTo("y");
        assertThat(log.edition(Kind.CLAIM, "k").exchange()).isEqualTo("x");
    }

    @Test
    void aLongChainMovesOnAsAWhole() {
        north.reports("w", people(1));
        north.reports("x", people(2));
        north.reports("y", people(4));
        north.reports("z", people(8));
        north.records("k", claim("Ann", DAY, "w", count(RU_UA, 9)));
        desk.merges("w", "x");
        desk.merges("x", "y");
        desk.merges("y", "z");

        assertThat(log.total(RU_UA)).isEqualTo(new Figure(8, 8, 9, 0, 0));
        assertThat(log.edition(Kind.CLAIM, "k").exchange()).isEqualTo("z");
    }

    @Test
    void ofARingTheLatestMergeIsRejected() {
        north.reports("x", people(1));
        north.reports("y", people(2));
        north.reports("z", people(4));
        desk.merges("x", "y");
        desk.merges("y", "z");
        LoggedEvent closing = desk.merges("z", "x");

        assertRejected(closing, "would make a ring");
        assertThat(log.total(RU_UA).best()).isEqualTo(4);
    }

    @Test
    void nothingIsMergedIntoItself() {
        north.reports("x", people(1));
        LoggedEvent merge = desk.merges("x", "x");

        assertRejected(merge, "would make a ring");
        assertThat(log.total(RU_UA).best()).isEqualTo(1);
    }

    @Test
    void aLaterMergeTakesThePlaceOfTheEarlier() {
        north.reports("x", people(1));
        north.reports("y", people(2));
        north.reports("z", people(4));
        north.records("k", claim("Ann", DAY, "z", count(RU_UA, 9)));
        LoggedEvent first = desk.merges("z", "x");
        desk.merges("z", "y");

        assertThat(log.totalAt(first, RU_UA)).isEqualTo(new Figure(3, 3, 11, 0, 0));
        assertThat(log.total(RU_UA)).isEqualTo(new Figure(3, 3, 10, 0, 0));
    }

    @Test
    void aMergeIntoSomethingUnreportedTakesTheEarlierOneBackMeanwhile() {
        north.reports("x", people(1));
        north.reports("z", people(4));
        desk.merges("z", "x");
        LoggedEvent second = desk.merges("z", "y");
        north.reports("y", people(2));

        assertThat(log.totalAt(second, RU_UA).best()).isEqualTo(5);
        assertThat(log.total(RU_UA).best()).isEqualTo(3);
    }

    @Test
    void aRingOfWhichALinkWasReplacedIsNone() {
        north.reports("x", people(1));
        north.reports("y", people(2));
        north.reports("z", people(4));
        desk.merges("x", "y");
        desk.merges("x", "z");
        LoggedEvent merge = desk.merges("y", "x");

        assertThat(log.outcome(merge)).isEqualTo(new Applied());
        assertThat(log.total(RU_UA).best()).isEqualTo(4);
    }

    @Test
    void aCorrectionOfWhatIsMergedDoesNotMakeItCount() {
        north.reports("x", people(1));
        north.reports("y", people(2));
        desk.merges("y", "x");
        LoggedEvent correction = north.corrects("y", people(3));

        assertThat(log.outcome(correction)).isEqualTo(new Applied());
        assertThat(log.total(RU_UA).best()).isEqualTo(1);
    }

    @Test
    void whatIsMergedIntoARetractedExchangeDoesNotCountEither() {
        north.reports("x", people(1));
        north.reports("y", people(2));
        desk.merges("y", "x");
        north.retracts("x");

        assertThat(log.totals()).isEmpty();
        assertThat(log.edition(Kind.EXCHANGE, "x").status()).isEqualTo(Status.RETRACTED);
    }

    private void assertRejected(LoggedEvent event, String reason) {
        assertThat(log.outcome(event))
                .isInstanceOfSatisfying(
                        Rejected.class, it -> assertThat(it.reason()).contains(reason));
    }

    private static Exchange people(int count) {
        return exchange(DAY, transfer(RU_UA, count));
    }
}
