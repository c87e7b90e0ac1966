package parley.bench.fold;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import parley.bench.fold.Said.Claimed;
import parley.bench.fold.Said.Retracted;
import parley.bench.fold.Said.Sender;
import parley.bench.fold.Said.Stated;
import parley.contract.Category;
import parley.contract.Direction;
import parley.contract.Quantity;

class CaseStateTest {
    private static final Sender PUBLISHER = new Sender("/publishers/a", false);
    private static final Sender STRANGER = new Sender("/publishers/b", false);
    private static final Sender EDITOR = new Sender("/publishers/c", true);
    private static final Direction HOME = new Direction("RU", "UA", Category.REMAINS);

    private static Said reported(int count) {
        return stated(PUBLISHER, true, count);
    }

    private static Said stated(Sender sender, boolean isFirst, int count) {
        return new Stated(
                "x", "generated", sender, isFirst, List.of(new Leg(HOME, count, count, count)));
    }

    private static Said counted(String claimant, long statedOn, int count) {
        return claimed(claimant, statedOn, HOME, false, count);
    }

    private static Said claimed(
            String claimant,
            long statedOn,
            @Nullable Direction about,
            boolean disputes,
            int count) {
        var reading = new Reading(statedOn, statedOn, 0, statedOn, count, count);
        return new Claimed("x", claimant, about, disputes, reading);
    }

    private static CaseState after(Said... said) {
        CaseState state = CaseState.UNHEARD_OF;
        for (Said one : said) {
            state = state.after(one);
        }
        return Binary.caseState(Binary.of(state));
    }

    private static Figure figure(Said... said) {
        return after(said).lines().getFirst().figure();
    }

    @Test
    void aReportCountsAsItStands() {
        assertThat(figure(reported(10))).isEqualTo(new Figure(10, 10, 10, 0, 0));
    }

    @Test
    void claimsWidenTheFigureWhicheverCameFirst() {
        assertThat(figure(counted("one", 1, 7), reported(10), counted("another", 1, 12)))
                .isEqualTo(new Figure(10, 7, 12, 0, 0));
    }

    @Test
    void ofEachClaimantTheNewestCounts() {
        assertThat(figure(reported(10), counted("one", 2, 11), counted("one", 1, 99)))
                .isEqualTo(new Figure(10, 10, 11, 0, 0));
    }

    @Test
    void aDenialDisputesTheWholeTransfer() {
        var denial = claimed("one", 1, null, true, Quantity.COUNT_MAX);

        assertThat(figure(reported(10), denial)).isEqualTo(new Figure(10, 10, 10, 10, 0));
    }

    @Test
    void aLaterDisputeOfTheSameClaimantTakesTheDenialsPlace() {
        var denial = claimed("one", 1, null, true, Quantity.COUNT_MAX);
        var some = claimed("one", 2, HOME, true, 3);

        assertThat(figure(reported(10), denial, some)).isEqualTo(new Figure(10, 10, 10, 3, 0));
    }

    @Test
    void whatIsRetractedAmountsToNothingUntilItIsCorrected() {
        var retracted = new Retracted("x", PUBLISHER);

        assertThat(after(reported(10), retracted).lines()).isEmpty();
        assertThat(figure(reported(10), retracted, stated(PUBLISHER, false, 8)))
                .isEqualTo(new Figure(8, 8, 8, 0, 0));
    }

    @Test
    void aStrangerChangesNothingAndAnEditorMay() {
        assertThat(figure(reported(10), stated(STRANGER, false, 8)).best()).isEqualTo(10);
        assertThat(figure(reported(10), stated(EDITOR, false, 8)).best()).isEqualTo(8);
    }

    @Test
    void aSecondReportChangesNothing() {
        assertThat(figure(reported(10), reported(8)).best()).isEqualTo(10);
    }

    @Test
    void whatIsCorrectedBeforeItIsReportedAmountsToNothing() {
        assertThat(after(stated(PUBLISHER, false, 8)).lines()).isEmpty();
    }

    @Test
    void totalsAreADoubleEntryAndGoBackToNothing() {
        List<Line> lines = after(reported(10)).lines();

        Totals totals = Totals.NOTHING.plus(lines);

        assertThat(totals.figures())
                .containsOnlyKeys(
                        new Account("RU", false, Category.REMAINS),
                        new Account("UA", true, Category.REMAINS));
        assertThat(totals.minus(Binary.lines(Binary.of(lines)))).isEqualTo(Totals.NOTHING);
        assertThat(Binary.totals(Binary.of(totals))).isEqualTo(totals);
    }
}
