package parley.ledger.fold;

import java.time.Instant;
import java.util.Comparator;

/// An event's place in the order of the log: when the log took it, then where it stands.
record LogTime(Instant recordedAt, Coordinates at) implements Comparable<LogTime> {
    private static final Comparator<LogTime> ORDER =
            Comparator.comparing(LogTime::recordedAt).thenComparing(LogTime::at);

    @Override
    public int compareTo(LogTime other) {
        return ORDER.compare(this, other);
    }
}
