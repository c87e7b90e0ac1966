package parley.ledger.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.ledger.reconciliation.Verdict.AGREES;
import static parley.ledger.reconciliation.Verdict.LEDGER_OVER;
import static parley.ledger.reconciliation.Verdict.LEDGER_SHORT;
import static parley.ledger.reconciliation.Verdict.UNDECIDABLE;
import static parley.ledger.reconciliation.Verdict.WITHIN;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import parley.contract.CountStatus;
import parley.contract.Qualifier;
import parley.contract.Quantity;
import parley.ledger.fold.Figure;

class VerdictTest {
    private static final Figure CERTAIN = new Figure(1000, 1000, 1000, 0, 0);
    private static final Figure UNCERTAIN = new Figure(1000, 990, 1003, 20, 0);
    private static final Figure UNSTATED = new Figure(1000, 1000, 1000, 0, 2);

    @Test
    void anExactNumberAgreesOnlyWithItself() {
        assertThat(exact(1000, CERTAIN)).isEqualTo(AGREES);
        assertThat(exact(1001, CERTAIN)).isEqualTo(LEDGER_SHORT);
        assertThat(exact(999, CERTAIN)).isEqualTo(LEDGER_OVER);
    }

    @Test
    void whatTheLedgerIsUnsureOfIsWithinBothEndsIncluded() {
        assertThat(exact(1000, UNCERTAIN)).isEqualTo(AGREES);
        assertThat(exact(990, UNCERTAIN)).isEqualTo(WITHIN);
        assertThat(exact(1003, UNCERTAIN)).isEqualTo(WITHIN);
        assertThat(exact(989, UNCERTAIN)).isEqualTo(LEDGER_OVER);
        assertThat(exact(1004, UNCERTAIN)).isEqualTo(LEDGER_SHORT);
    }

    @Test
    void transfersWithoutANumberCouldOnlyAddToTheLedger() {
        assertThat(exact(1001, UNSTATED)).isEqualTo(UNDECIDABLE);
        assertThat(exact(1000, UNSTATED)).isEqualTo(AGREES);
        assertThat(exact(999, UNSTATED)).isEqualTo(LEDGER_OVER);
    }

    @Test
    void aClaimWithoutANumberDecidesNothing() {
        assertThat(
                        Verdict.of(
                                new Quantity(
                                        null, CountStatus.WITHHELD, Qualifier.EXACT, null, null),
                                CERTAIN))
                .isEqualTo(UNDECIDABLE);
    }

    @Test
    void atLeastHoldsForThatAndForMore() {
        assertThat(verdict(1000, Qualifier.AT_LEAST, null, null, CERTAIN)).isEqualTo(AGREES);
        assertThat(verdict(1, Qualifier.AT_LEAST, null, null, CERTAIN)).isEqualTo(AGREES);
        assertThat(verdict(1001, Qualifier.AT_LEAST, null, null, CERTAIN)).isEqualTo(LEDGER_SHORT);
        assertThat(verdict(1001, Qualifier.AT_LEAST, null, null, UNCERTAIN)).isEqualTo(WITHIN);
        assertThat(verdict(1001, Qualifier.AT_LEAST, null, null, UNSTATED)).isEqualTo(UNDECIDABLE);
    }

    @Test
    void atMostHoldsForThatAndForLess() {
        assertThat(verdict(1000, Qualifier.AT_MOST, null, null, CERTAIN)).isEqualTo(AGREES);
        assertThat(verdict(5000, Qualifier.AT_MOST, null, null, UNSTATED)).isEqualTo(AGREES);
        assertThat(verdict(999, Qualifier.AT_MOST, null, null, CERTAIN)).isEqualTo(LEDGER_OVER);
        assertThat(verdict(995, Qualifier.AT_MOST, null, null, UNCERTAIN)).isEqualTo(WITHIN);
    }

    @Test
    void aboutHoldsWithinATwentieth() {
        assertThat(verdict(953, Qualifier.ABOUT, null, null, CERTAIN)).isEqualTo(AGREES);
        assertThat(verdict(952, Qualifier.ABOUT, null, null, CERTAIN)).isEqualTo(LEDGER_OVER);
        assertThat(verdict(1052, Qualifier.ABOUT, null, null, CERTAIN)).isEqualTo(AGREES);
        assertThat(verdict(1053, Qualifier.ABOUT, null, null, CERTAIN)).isEqualTo(LEDGER_SHORT);
    }

    @Test
    void aRangeThatTheClaimNamesTakesThePlaceOfItsQualifier() {
        assertThat(verdict(1010, Qualifier.EXACT, 1000, 1020, CERTAIN)).isEqualTo(AGREES);
        assertThat(verdict(1010, Qualifier.EXACT, 1001, 1020, CERTAIN)).isEqualTo(LEDGER_SHORT);
        assertThat(verdict(990, Qualifier.ABOUT, 980, 999, CERTAIN)).isEqualTo(LEDGER_OVER);
        assertThat(verdict(1010, Qualifier.ABOUT, 1001, null, CERTAIN)).isEqualTo(LEDGER_SHORT);
        assertThat(verdict(900, Qualifier.AT_LEAST, null, 950, CERTAIN)).isEqualTo(LEDGER_OVER);
    }

    private static Verdict exact(int count, Figure ledger) {
        return Verdict.of(SmallLedger.exactly(count), ledger);
    }

    private static Verdict verdict(
            int count,
            Qualifier qualifier,
            @Nullable Integer low,
            @Nullable Integer high,
            Figure ledger) {
        return Verdict.of(new Quantity(count, CountStatus.STATED, qualifier, low, high), ledger);
    }
}
