package parley.bench.fold;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import parley.contract.Direction;
import parley.contract.Quantity;
import parley.contract.Transfer;

/// A transfer, as far as it counts.
///
/// @param count how many, or -1 where nobody said
/// @param low the smallest figure named, above `high` where none is
public record Leg(Direction direction, int count, int low, int high) {
    static final int UNSTATED = -1;

    static Leg of(Transfer transfer) {
        int[] named = named(transfer.quantity());
        Integer count = transfer.count();
        return new Leg(
                transfer.direction(), count == null ? UNSTATED : count, low(named), high(named));
    }

    static int[] named(Quantity quantity) {
        return Arrays.asList(quantity.count(), quantity.low(), quantity.high()).stream()
                .filter(Objects::nonNull)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    static int low(int[] named) {
        return IntStream.of(named).min().orElse(Integer.MAX_VALUE);
    }

    static int high(int[] named) {
        return IntStream.of(named).max().orElse(Integer.MIN_VALUE);
    }

    void write(DataOutput out) throws IOException {
        Line.writeDirection(out, direction);
        out.writeInt(count);
        out.writeInt(low);
        out.writeInt(high);
    }

    static Leg read(DataInput in) throws IOException {
        return new Leg(Line.readDirection(in), in.readInt(), in.readInt(), in.readInt());
    }
}
