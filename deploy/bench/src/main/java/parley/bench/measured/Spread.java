package parley.bench.measured;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// What repeated runs amount to.
///
/// @param median the middle one, or the mean of the two in the middle
/// @param low the smallest
/// @param high the largest
/// @param runs how many there were
public record Spread(double median, double low, double high, int runs) {
    /// Of one run or more, in any order.
    public static Spread of(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("There is no median of no runs.");
        }
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        double median =
                sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1], sorted.length);
    }

    /// How many times theirs ours is, pair by pair: what both runs of a pair suffered alike, since
    /// they ran one after the other, is not in it.
    public static Spread ofRatios(List<Double> ours, List<Double> theirs) {
        if (ours.size() != theirs.size()) {
            throw new IllegalArgumentException(
                    "%d runs have no pair".formatted(Math.abs(ours.size() - theirs.size())));
        }
        return of(
                IntStream.range(0, ours.size())
                        .mapToObj(pair -> ours.get(pair) / theirs.get(pair))
                        .toList());
    }

    /// How far apart the runs are, as a share of the median.
    public double width() {
        return high == low ? 0 : (high - low) / median;
    }

    @Override
    public String toString() {
        return "%s of %s".formatted(median, Arrays.toString(new double[] {low, high}));
    }
}
