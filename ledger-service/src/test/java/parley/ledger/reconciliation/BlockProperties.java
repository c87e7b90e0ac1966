package parley.ledger.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/// What a block that serves a day gives of it, against a block read for that day alone.
class BlockProperties {
    private static final LocalDate NEWEST = LocalDate.of(2025, 12, 31);
    private static final List<Line> ALL =
            IntStream.range(0, 3 * Block.LINES_MAX / 2)
                    .mapToObj(
                            it ->
                                    SmallLedger.line(
                                            NEWEST.minusDays(it / 7).toString(),
                                            SmallLedger.PRISONERS,
                                            it,
                                            Map.of()))
                    .toList();

    private static Block read(LocalDate last) {
        List<Line> lines =
                ALL.stream().filter(it -> !it.day().isAfter(last)).limit(Block.LINES_MAX).toList();
        return new Block(last, lines, lines.size() < Block.LINES_MAX);
    }

    @Property(tries = 100)
    void aBlockThatServesADayGivesWhatItsOwnWould(
            @ForAll @IntRange(max = 1_300) int read, @ForAll @IntRange(max = 1_300) int asked) {
        LocalDate day = NEWEST.minusDays(asked);
        Block block = read(NEWEST.minusDays(read));

        assertThat(read(day).serves(day)).isTrue();
        if (block.serves(day)) {
            assertThat(block.upTo(day)).isEqualTo(read(day).upTo(day));
            LocalDate since = block.wholeSince(day);
            assertThat(block.upTo(day).stream().filter(it -> isSince(it, since)))
                    .containsExactlyElementsOf(
                            ALL.stream()
                                    .filter(it -> !it.day().isAfter(day) && isSince(it, since))
                                    .toList());
        } else {
            assertThat(asked < read || !block.isWhole()).isTrue();
        }
    }

    private static boolean isSince(Line line, @Nullable LocalDate since) {
        return since == null || !line.day().isBefore(since);
    }
}
