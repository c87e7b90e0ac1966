package parley.ledger.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/// Gaps, and where they opened, against a plain walk over all lines and all totals.
@PropertyDefaults(tries = 200, edgeCases = EdgeCasesMode.NONE)
class SeriesProperties {
    private static final LocalDate BEGINNING = LocalDate.of(2025, 1, 1);
    private static final int DAYS = 12;

    @Provide
    Arbitrary<List<Line>> ledgers() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, DAYS),
                        Arbitraries.integers().between(0, 3))
                .as(
                        (day, count) ->
                                SmallLedger.line(
                                        BEGINNING.plusDays(day).toString(),
                                        SmallLedger.PRISONERS,
                                        count,
                                        Map.of()))
                .list()
                .ofMaxSize(8);
    }

    private record Said(String claimant, int since, int count) {
        Claimed until(int day) {
            return SmallLedger.total(
                    "c" + day,
                    claimant,
                    since == 0 ? null : BEGINNING.plusDays(since),
                    BEGINNING.plusDays(day),
                    SmallLedger.exactly(count));
        }
    }

    /// Each up to another day, so that one is the last before another.
    @Provide
    Arbitrary<List<Claimed>> totals() {
        return Combinators.combine(
                        Arbitraries.of("Ann", "Ben"),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 6))
                .as(Said::new)
                .list()
                .ofSize(DAYS)
                .map(
                        said ->
                                IntStream.range(0, DAYS)
                                        .mapToObj(it -> said.get(it).until(it))
                                        .toList());
    }

    @Property
    void theGapIsWhatIsClaimedLessAllThatLiesInTheScope(
            @ForAll("ledgers") List<Line> lines, @ForAll("totals") List<Claimed> totals) {
        Map<String, Finding> findings = Series.of(totals, RealData.days(lines));

        assertThat(findings).hasSameSizeAs(totals);
        for (Claimed total : totals) {
            assertThat(found(findings, total).gap()).isEqualTo(gap(total, lines));
        }
    }

    @Property
    void theOneBeforeIsTheLastThatStartsAlike(
            @ForAll("ledgers") List<Line> lines, @ForAll("totals") List<Claimed> totals) {
        Map<String, Finding> findings = Series.of(totals, RealData.days(lines));

        for (Claimed total : totals) {
            Finding since = found(findings, total).since();
            assertThat(since == null ? null : since.claimed())
                    .isEqualTo(before(total, totals, lines));
        }
    }

    @Property
    void aGapIsOpenedByTheFirstOfThoseWhoStandByIt(
            @ForAll("ledgers") List<Line> lines, @ForAll("totals") List<Claimed> totals) {
        Map<String, Finding> findings = Series.of(totals, RealData.days(lines));

        for (Claimed total : totals) {
            Finding opener = found(findings, total).opener();
            assertThat(opener == null ? null : opener.claimed())
                    .isEqualTo(gap(total, lines) == 0 ? null : opener(total, totals, lines));
        }
    }

    private static Finding found(Map<String, Finding> findings, Claimed total) {
        return Objects.requireNonNull(findings.get(total.claim()));
    }

    private static long gap(Claimed total, List<Line> lines) {
        Set<Line> early = early(total, lines);
        return Objects.requireNonNull(total.count())
                - lines.stream()
                        .filter(it -> !early.contains(it) && !it.day().isAfter(total.until()))
                        .mapToLong(Line::best)
                        .sum();
    }

    /// What had taken place before the scope began.
    private static Set<Line> early(Claimed total, List<Line> lines) {
        LocalDate since = total.scope().since();
        return lines.stream()
                .filter(it -> since != null && it.day().isBefore(since))
                .collect(Collectors.toSet());
    }

    private static @Nullable Claimed before(Claimed total, List<Claimed> totals, List<Line> lines) {
        return totals.stream()
                .filter(it -> it.until().isBefore(total.until()))
                .filter(it -> early(it, lines).equals(early(total, lines)))
                .max(Comparator.comparing(Claimed::until))
                .orElse(null);
    }

    /// Follows whoever had the gap as his last word, back to who had it from nobody.
    private static Claimed opener(Claimed total, List<Claimed> totals, List<Line> lines) {
        var earlier = new ArrayList<Claimed>();
        for (Claimed it = before(total, totals, lines);
                it != null;
                it = before(it, totals, lines)) {
            earlier.add(it);
        }
        var lastWords = new HashMap<String, Claimed>();
        earlier.forEach(it -> lastWords.putIfAbsent(it.claimant().name(), it));
        return lastWords.values().stream()
                .filter(it -> gap(it, lines) == gap(total, lines))
                .findFirst()
                .map(it -> opener(it, totals, lines))
                .orElse(total);
    }
}
