package parley.ledger.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.ledger.reconciliation.SmallLedger.PRISONERS;
import static parley.ledger.reconciliation.SmallLedger.exactly;
import static parley.ledger.reconciliation.SmallLedger.line;
import static parley.ledger.reconciliation.SmallLedger.total;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// How often totals are looked at.
class TotalsTest {
    private static final Line FIRST = line("2024-01-03", PRISONERS, 230, Map.of());
    private final Totals totals =
            Totals.NONE.moved(
                    List.of(),
                    List.of(
                            total(
                                    "january",
                                    "Ann",
                                    null,
                                    LocalDate.parse("2024-01-31"),
                                    exactly(240))));

    @Test
    void aClosedPeriodIsNotLookedAtAgainWhenMoreComesAfterIt() {
        Finding before = january(totals, FIRST);

        assertThat(january(totals, FIRST, line("2024-02-08", PRISONERS, 100, Map.of())))
                .isSameAs(before);
    }

    @Test
    void whatComesLateIntoItIsSeen() {
        assertThat(january(totals, FIRST).gap()).isEqualTo(10);
        assertThat(january(totals, FIRST, line("2024-01-31", PRISONERS, 10, Map.of())).gap())
                .isZero();
    }

    @Test
    void aTotalOfItsKindThatComesOrGoesIsSeen() {
        Claimed later = total("later", "Ann", null, LocalDate.parse("2024-06-29"), exactly(240));

        Totals more = totals.moved(List.of(), List.of(later));

        assertThat(more.findings(RealData.days(List.of(FIRST))))
                .containsOnlyKeys("january", "later");
        assertThat(more.moved(List.of("january"), List.of()).findings(RealData.days(List.of())))
                .containsOnlyKeys("later");
        assertThat(more.moved(List.of("later"), List.of(later))).isSameAs(more);
        assertThat(more.moved(List.of("elsewhere"), List.of())).isSameAs(more);
    }

    private static Finding january(Totals totals, Line first, Line... more) {
        var lines = new ArrayList<>(List.of(first));
        lines.addAll(List.of(more));
        return Objects.requireNonNull(totals.findings(RealData.days(lines)).get("january"));
    }
}
