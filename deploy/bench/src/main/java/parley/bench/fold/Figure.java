package parley.bench.fold;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// A number of people, with its uncertainty, as the totals show it.
public record Figure(long best, long low, long high, long disputed, long unstated) {
    public static final Figure NONE = new Figure(0, 0, 0, 0, 0);

    public Figure plus(Figure other) {
        return new Figure(
                best + other.best,
                low + other.low,
                high + other.high,
                disputed + other.disputed,
                unstated + other.unstated);
    }

    public Figure minus(Figure other) {
        return new Figure(
                best - other.best,
                low - other.low,
                high - other.high,
                disputed - other.disputed,
                unstated - other.unstated);
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(best);
        out.writeLong(low);
        out.writeLong(high);
        out.writeLong(disputed);
        out.writeLong(unstated);
    }

    static Figure read(DataInput in) throws IOException {
        return new Figure(
                in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
    }
}
