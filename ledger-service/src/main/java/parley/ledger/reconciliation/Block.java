package parley.ledger.reconciliation;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The newest lines of a sort up to a day: read once, they serve many questions about earlier days.
///
/// @param lines newest first
/// @param isWhole whether there are no older ones
record Block(LocalDate last, List<Line> lines, boolean isWhole) {
    /// So many are read at once.
    static final int LINES_MAX = 3 * Explainer.LINES_MAX;

    Block {
        lines = List.copyOf(lines);
    }

    /// The newest up to that day, newest first: as many as one question may need.
    List<Line> upTo(LocalDate day) {
        return lines.stream()
                .filter(it -> !it.day().isAfter(day))
                .limit(Explainer.LINES_MAX)
                .toList();
    }

    /// Whether no other block would give more of them.
    boolean serves(LocalDate day) {
        return !day.isAfter(last) && (isWhole || upTo(day).size() == Explainer.LINES_MAX);
    }

    /// From which day on those are all there are; null: whenever. Of the oldest day of them, some
    /// may be missing.
    @Nullable LocalDate wholeSince(LocalDate day) {
        List<Line> given = upTo(day);
        boolean isAll =
                isWhole
                        && given.size()
                                == lines.stream().filter(it -> !it.day().isAfter(day)).count();
        return isAll ? null : given.isEmpty() ? day.plusDays(1) : given.getLast().day().plusDays(1);
    }
}
