package parley.bench.fold;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// What a claim names as figures, by the day it was stated, then by the log.
///
/// @param statedOn the day, as days since 1970
/// @param recordedAt when the log took it, as milliseconds since 1970
/// @param low the smallest figure, above `high` where it names none
public record Reading(
        long statedOn, long recordedAt, int partition, long offset, int low, int high) {
    private static final Comparator<Reading> AGE =
            Comparator.comparingLong(Reading::statedOn)
                    .thenComparingLong(Reading::recordedAt)
                    .thenComparingInt(Reading::partition)
                    .thenComparingLong(Reading::offset);

    /// The newer of the two.
    static Reading newer(@Nullable Reading one, Reading other) {
        return one == null || AGE.compare(one, other) < 0 ? other : one;
    }

    boolean namesFigures() {
        return low <= high;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(statedOn);
        out.writeLong(recordedAt);
        out.writeInt(partition);
        out.writeLong(offset);
        out.writeInt(low);
        out.writeInt(high);
    }

    static Reading read(DataInput in) throws IOException {
        return new Reading(
                in.readLong(),
                in.readLong(),
                in.readInt(),
                in.readLong(),
                in.readInt(),
                in.readInt());
    }
}
