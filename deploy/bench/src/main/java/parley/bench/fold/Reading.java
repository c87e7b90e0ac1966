package parley.bench.fold;

import java.nio.ByteBuffer;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// What a claim names as figures, by the day it was stated, then by the log.
///
/// @param statedOn the day, as days since 1970
/// @param recordedAt when the log took it, as milliseconds since 1970
/// @param low the smallest figure, above `high` where it names none
public record Reading(
        long statedOn, long recordedAt, int partition, long offset, int low, int high) {
    static final int BYTES = 3 * Long.BYTES + 3 * Integer.BYTES;

    private static final Comparator<Reading> AGE =
            Comparator.comparingLong(Reading::statedOn)
                    .thenComparingLong(Reading::recordedAt)
                    .thenComparingInt(Reading::partition)
                    .thenComparingLong(Reading::offset);

    /// The newer of the two.
    static Reading newer(@Nullable Reading one, Reading other) {
        return one == null || AGE.compare(one, other) < 0 ? other : one;
    }

    void write(ByteBuffer out) {
        out.putLong(statedOn).putLong(recordedAt).putInt(partition).putLong(offset);
        out.putInt(low).putInt(high);
    }

    static Reading read(ByteBuffer in) {
        return new Reading(
                in.getLong(), in.getLong(), in.getInt(), in.getLong(), in.getInt(), in.getInt());
    }
}
