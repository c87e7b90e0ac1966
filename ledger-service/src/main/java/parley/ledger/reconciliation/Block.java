package parley.ledger.reconciliation;

import java.time.LocalDate;
import java.util.List;

/// The newest lines up to a day: read once, they serve many questions about earlier days.
///
/// @param lines newest first
/// @param isWhole whether there are no older ones
record Block(LocalDate last, List<Line> lines, boolean isWhole) {
    /// So many are read at once.
    static final int LINES_MAX = 6 * Explainer.LINES_MAX;

    /// What one question may need: as many within its scope as around it.
    private static final int WANTED_MAX = 2 * Explainer.LINES_MAX;

    Block {
        lines = List.copyOf(lines);
    }

    /// The newest up to that day, newest first.
    List<Line> upTo(LocalDate day) {
        return lines.stream().filter(it -> !it.day().isAfter(day)).limit(WANTED_MAX).toList();
    }

    /// Whether no other block would give more of them.
    boolean serves(LocalDate day) {
        return !day.isAfter(last) && (isWhole || upTo(day).size() == WANTED_MAX);
    }
}
