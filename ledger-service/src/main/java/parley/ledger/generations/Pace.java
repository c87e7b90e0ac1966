package parley.ledger.generations;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import parley.contract.LogPosition;

/// How fast one generation is built, by where it stood at the newest looks.
final class Pace {
    private static final int LOOKS_MAX = 10;
    private static final double SECOND = 1e9;

    private final Deque<Look> looks = new ArrayDeque<>();

    private record Look(long nanos, LogPosition position) {}

    /// @param nanos when, by a clock that only goes on
    /// @param position where it stood then
    synchronized void seen(long nanos, LogPosition position) {
        looks.add(new Look(nanos, position));
        if (looks.size() > LOOKS_MAX) {
            looks.remove();
        }
    }

    /// Records a second, of late; 0 before there were two looks.
    synchronized double rate() {
        if (looks.size() < 2) {
            return 0;
        }
        Look first = looks.getFirst();
        Look last = looks.getLast();
        return first.position.recordsBehind(last.position) * SECOND / (last.nanos - first.nanos);
    }

    /// Records of the log that it had read at the newest look.
    synchronized long records() {
        return LogPosition.START.recordsBehind(looks.getLast().position);
    }

    /// How many whole seconds that rate needs for what is left; null where that cannot be told.
    static @Nullable Long secondsLeft(@Nullable Long behind, double rate) {
        if (behind == null || behind == 0) {
            return behind;
        }
        return rate > 0 ? (long) Math.ceil(behind / rate) : null;
    }
}
