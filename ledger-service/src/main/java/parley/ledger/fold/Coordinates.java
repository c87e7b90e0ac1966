package parley.ledger.fold;

import java.util.Comparator;
import parley.contract.Topic;

/// Where a record stands on the log, for good.
public record Coordinates(Topic topic, int partition, long offset)
        implements Comparable<Coordinates> {
    /// Knuth's multiplicative hashing: 2^64 divided by the golden ratio, odd.
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private static final Comparator<Coordinates> ORDER =
            Comparator.comparing(Coordinates::topic)
                    .thenComparingInt(Coordinates::partition)
                    .thenComparingLong(Coordinates::offset);

    /// Those of one batch lie close together, on several partitions: they are to be spread apart.
    @Override
    public int hashCode() {
        long place = offset * SPREAD + partition;
        return Long.hashCode(place * SPREAD + topic.ordinal());
    }

    @Override
    public int compareTo(Coordinates other) {
        return ORDER.compare(this, other);
    }
}
