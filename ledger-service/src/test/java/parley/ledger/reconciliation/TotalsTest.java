package parley.ledger.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.ledger.reconciliation.SmallLedger.PRISONERS;
import static parley.ledger.reconciliation.SmallLedger.exactly;
import static parley.ledger.reconciliation.SmallLedger.line;
import static parley.ledger.reconciliation.SmallLedger.total;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import parley.ledger.reconciliation.Totals.Standing;

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
        Standing before = totals.standing(days(FIRST), null);

        assertThat(totals.standing(days(FIRST, of("2024-02-08", 100)), before)).isSameAs(before);
    }

    @Test
    void whatComesLateIntoItIsSeen() {
        Standing before = totals.standing(days(FIRST), null);
        assertThat(january(before).gap()).isEqualTo(10);

        assertThat(january(totals.standing(days(FIRST, of("2024-01-31", 10)), before)).gap())
                .isZero();
    }

    @Test
    void aTotalOfItsKindThatComesOrGoesIsSeen() {
        Claimed later = total("later", "Ann", null, LocalDate.parse("2024-06-29"), exactly(240));
        Standing before = totals.standing(days(FIRST), null);

        Totals more = totals.moved(List.of(), List.of(later));

        assertThat(more.standing(days(FIRST), before).findings())
                .containsOnlyKeys("january", "later");
        assertThat(
                        more.moved(List.of("january"), List.of())
                                .standing(days(FIRST), before)
                                .findings())
                .containsOnlyKeys("later");
        assertThat(more.moved(List.of("later"), List.of(later))).isSameAs(more);
        assertThat(more.moved(List.of("elsewhere"), List.of())).isSameAs(more);
    }

    private static Line of(String day, int count) {
        return line(day, PRISONERS, count, Map.of());
    }

    private static Days days(Line... lines) {
        return RealData.days(List.of(lines));
    }

    private static Finding january(Standing standing) {
        return Objects.requireNonNull(standing.findings().get("january"));
    }
}
