package parley.ledger.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/// The search against trying all.
@PropertyDefaults(tries = 1000, edgeCases = EdgeCasesMode.NONE)
class SubsetSumsProperties {
    private static final LocalDate BEGINNING = LocalDate.of(2025, 1, 1);

    @Provide
    Arbitrary<List<Line>> ledgers() {
        return Arbitraries.integers()
                .between(0, 12)
                .list()
                .ofMaxSize(10)
                .map(
                        counts ->
                                IntStream.range(0, counts.size())
                                        .mapToObj(it -> line(it, counts.get(it)))
                                        .toList());
    }

    private static Line line(int day, int count) {
        String on = BEGINNING.plusDays(day).toString();
        return SmallLedger.line(on, SmallLedger.PRISONERS, count, Map.of());
    }

    @Property
    void oneIsFoundWhereThereIsOne(
            @ForAll("ledgers") List<Line> lines, @ForAll @IntRange(min = 1, max = 12) int target) {
        assertThat(new SubsetSums(lines, target).ones())
                .containsExactlyElementsOf(
                        lines.reversed().stream().filter(it -> it.best() == target).toList());
    }

    @Property
    void twoAreFoundWhereThereAreTwo(
            @ForAll("ledgers") List<Line> lines, @ForAll @IntRange(min = 1, max = 26) int target) {
        List<Line> two = new SubsetSums(lines, target).two();

        assertThat(two != null).isEqualTo(reaches(lines, 0, 2, target));
        assertAmount(two, 2, target, lines);
    }

    @Property
    void threeAreFoundWhereThereAreThree(
            @ForAll("ledgers") List<Line> lines, @ForAll @IntRange(min = 1, max = 38) int target) {
        List<Line> three = new SubsetSums(lines, target).three();

        assertThat(three != null).isEqualTo(reaches(lines, 0, 3, target));
        assertAmount(three, 3, target, lines);
    }

    /// Whether so many of the lines from there on, none of them nobody's, amount to it.
    private static boolean reaches(List<Line> lines, int from, int wanted, int target) {
        if (wanted == 0) {
            return target == 0;
        }
        return IntStream.range(from, lines.size())
                .filter(it -> lines.get(it).best() > 0)
                .anyMatch(it -> reaches(lines, it + 1, wanted - 1, target - lines.get(it).best()));
    }

    private static void assertAmount(
            @Nullable List<Line> found, int size, int target, List<Line> lines) {
        if (found != null) {
            assertThat(found).hasSize(size).doesNotHaveDuplicates().isSubsetOf(lines);
            assertThat(found).isSortedAccordingTo(Line.OLDEST_FIRST);
            assertThat(found.stream().mapToInt(Line::best).sum()).isEqualTo(target);
        }
    }
}
