package parley.ledger.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parley.ledger.fold.Figure;

/// How long the search takes at its bounds.
class SearchTimesTest {
    private static final int LINES = 2_000;
    private static final int ROUNDS = 60;

    /// What is aimed at on a quiet machine; a busy one is given ten times as much.
    private static final long NANOS_AIMED_AT = 5_000_000;

    private final Random random = random();

    private static Random random() {
        long seed = Long.getLong("parley.seed", System.nanoTime());
        System.out.println("Seed " + seed);
        return new Random(seed);
    }

    /// All sizes are even: of an odd number, all three-fold sums are tried in vain.
    private List<Line> lines() {
        return IntStream.range(0, LINES)
                .mapToObj(
                        it -> {
                            int size = 2 + 2 * random.nextInt(4_000);
                            return new Line(
                                    "e" + it,
                                    "x" + it,
                                    LocalDate.of(2022, 3, 1).plusDays(it),
                                    SmallLedger.PRISONERS,
                                    new Figure(size, size, size, 0, 0),
                                    Map.of());
                        })
                .toList();
    }

    @Test
    void threeOfTwoThousandEntriesAreFoundInMilliseconds() {
        List<Line> lines = lines();
        long[] nanos = new long[ROUNDS];
        for (int round = 0; round < nanos.length; round++) {
            boolean isThere = round % 2 == 0;
            int sum = random.ints(3, 0, LINES).map(it -> lines.get(it).best()).sum();
            int target = isThere ? sum : sum + 1;
            long begun = System.nanoTime();
            List<Line> found = new SubsetSums(lines, target).three();
            nanos[round] = System.nanoTime() - begun;
            if (isThere) {
                assertThat(Objects.requireNonNull(found).stream().mapToInt(Line::best).sum())
                        .isEqualTo(target);
            } else {
                assertThat(found).isNull();
            }
        }
        assertThat(median("Three of 2,000", nanos)).isLessThan(10 * NANOS_AIMED_AT);
    }

    @Test
    void aTotalOverTwoThousandEntriesIsExplainedInMilliseconds() {
        assertThat(median("All explanations of one over 2,000", explained(lines())))
                .isLessThan(10 * NANOS_AIMED_AT);
    }

    /// Whichever are taken for one, and whosever figure is taken.
    @Test
    void itIsExplainedAsSoonWhereAllAreOfOneSizeAndInDoubt() {
        List<Line> lines =
                lines().stream()
                        .map(
                                it ->
                                        SmallLedger.line(
                                                it.day().toString(),
                                                SmallLedger.PRISONERS,
                                                100,
                                                Map.of(it.entry(), 99, "Ann", 98, "Ben", 63)))
                        .toList();

        assertThat(median("Of one size, and in doubt", explained(lines)))
                .isLessThan(10 * NANOS_AIMED_AT);
    }

    private long[] explained(List<Line> lines) {
        int sum = lines.stream().mapToInt(Line::best).sum();
        Excerpt excerpt = Excerpt.whole(lines);
        Days days = RealData.days(lines);
        long[] nanos = new long[ROUNDS];
        for (int round = 0; round < nanos.length; round++) {
            Claimed total =
                    SmallLedger.total(
                            "c",
                            "Ann",
                            null,
                            lines.getLast().day(),
                            SmallLedger.exactly(sum - 5_001 - 2 * random.nextInt(5_000)));
            Finding finding =
                    Objects.requireNonNull(Series.of(List.of(total), days).get(total.claim()));
            var question = Explainer.Question.of(finding, days, null);
            long begun = System.nanoTime();
            Explainer.explain(question, days, excerpt);
            nanos[round] = System.nanoTime() - begun;
        }
        return nanos;
    }

    private static long median(String what, long[] nanos) {
        Arrays.sort(nanos);
        System.out.printf(
                "%s: median %d µs, longest %d µs%n",
                what, nanos[nanos.length / 2] / 1_000, nanos[nanos.length - 1] / 1_000);
        return nanos[nanos.length / 2];
    }
}
