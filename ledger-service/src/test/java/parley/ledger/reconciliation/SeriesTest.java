package parley.ledger.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import parley.contract.CountStatus;
import parley.contract.Qualifier;
import parley.contract.Quantity;

class SeriesTest {
    @Test
    void aGapThatStaysIsOneFindingWhoeverRepeatsIt() {
        var ledger =
                new SmallLedger()
                        .with("2025-01-10", 100)
                        .with("2025-03-10", 50)
                        .saying("one", "Ann", "2025-01-31", 100)
                        .saying("two", "Ann", "2025-02-28", 110)
                        .saying("three", "Ben", "2025-03-31", 160)
                        .saying("four", "Ann", "2025-04-30", 160);

        assertThat(ledger.opener("one")).isNull();
        assertThat(List.of("two", "three", "four"))
                .allSatisfy(it -> assertThat(ledger.opener(it)).isEqualTo("two"));
        assertThat(ledger.finding("two").jump()).isEqualTo(10);
    }

    @Test
    void aGapThatWasClosedOpensAnew() {
        var ledger =
                new SmallLedger()
                        .with("2025-01-10", 100)
                        .saying("one", "Ann", "2025-01-31", 110)
                        .saying("two", "Ann", "2025-02-28", 100)
                        .saying("three", "Ann", "2025-03-31", 110);

        assertThat(ledger.opener("three")).isEqualTo("three");
        assertThat(ledger.finding("three").jump()).isEqualTo(10);
    }

    @Test
    void aRivalWhoSeesNoGapDoesNotCloseIt() {
        var ledger =
                new SmallLedger()
                        .with("2025-01-10", 100)
                        .saying("one", "Ann", "2025-01-31", 110)
                        .saying("rival", "Ben", "2025-02-28", 100)
                        .saying("three", "Ann", "2025-03-31", 110);

        assertThat(ledger.opener("three")).isEqualTo("one");
    }

    @Test
    void aRoundedTotalIsToldAsTheOneBeforeButOpensNothing() {
        var ledger =
                new SmallLedger()
                        .with("2025-01-10", 100)
                        .saying("exact", "Ann", "2025-01-31", 100)
                        .saying(
                                "rounded",
                                "Ann",
                                "2025-02-28",
                                new Quantity(
                                        90, CountStatus.STATED, Qualifier.AT_LEAST, null, null))
                        .saying("last", "Ann", "2025-03-31", 107);

        Finding last = ledger.finding("last");

        assertThat(Objects.requireNonNull(last.since()).claimed().claim()).isEqualTo("rounded");
        assertThat(Objects.requireNonNull(last.base()).claimed().claim()).isEqualTo("exact");
        assertThat(ledger.opener("rounded")).isNull();
        assertThat(ledger.opener("last")).isEqualTo("last");
    }
}
