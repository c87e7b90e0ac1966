package parley.ledger.fold;

import java.util.Comparator;
import parley.contract.Topic;

/// Where a record stands on the log, for good.
public record Coordinates(Topic topic, int partition, long offset)
        implements Comparable<Coordinates> {
    private static final Comparator<Coordinates> ORDER =
            Comparator.comparing(Coordinates::topic)
                    .thenComparingInt(Coordinates::partition)
                    .thenComparingLong(Coordinates::offset);

    @Override
    public int compareTo(Coordinates other) {
        return ORDER.compare(this, other);
    }
}
