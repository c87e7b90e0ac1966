package parley.ledger.reconciliation;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What of a ledger a gap is sought in: the newest lines of its kind, and of what lies one step
/// outside of it.
///
/// @param lines oldest first
/// @param wholeSince from which day on they are all there are; null: whenever
record Excerpt(List<Line> lines, @Nullable LocalDate wholeSince) {
    Excerpt {
        lines = lines.stream().sorted(Line.OLDEST_FIRST).toList();
    }

    /// All there are.
    static Excerpt whole(List<Line> lines) {
        return new Excerpt(lines, null);
    }

    /// Of both, what there is up to that day.
    static Excerpt of(Block ofKind, Block near, LocalDate day) {
        var lines = new ArrayList<>(ofKind.upTo(day));
        lines.addAll(near.upTo(day));
        return new Excerpt(lines, later(ofKind.wholeSince(day), near.wholeSince(day)));
    }

    private static @Nullable LocalDate later(@Nullable LocalDate one, @Nullable LocalDate other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isAfter(other) ? one : other;
    }

    /// Whether no line of those days is missing: only then may something be said of all of them.
    boolean isWhole(Window window) {
        LocalDate first = window.first();
        return wholeSince == null || (first != null && !first.isBefore(wholeSince));
    }
}
