package parley.ledger.discrepancies;

import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.contract.Quantity;

/// What is said of one number at a time: from the least to the most that each may mean. Who says at
/// least a thousand does not differ from who says more.
final class Sayings {
    private final NavigableMap<Integer, Integer> leasts = new TreeMap<>(); // by figure: how often
    private final NavigableMap<Integer, Integer> mosts = new TreeMap<>();

    void add(Quantity quantity) {
        change(quantity, 1);
    }

    void remove(Quantity quantity) {
        change(quantity, -1);
    }

    private void change(Quantity quantity, int more) {
        change(leasts, quantity.least(), more);
        change(mosts, quantity.most(), more);
    }

    private static void change(
            NavigableMap<Integer, Integer> often, @Nullable Integer figure, int more) {
        if (figure != null) {
            often.merge(figure, more, Integer::sum);
            often.remove(figure, 0);
        }
    }

    /// Whether no number is what everyone says.
    boolean differ() {
        return !leasts.isEmpty() && !mosts.isEmpty() && leasts.lastKey() > mosts.firstKey();
    }

    /// The figures that a statement names, whichever of the three.
    static IntStream named(Quantity quantity) {
        return Stream.of(quantity.count(), quantity.low(), quantity.high())
                .flatMap(Stream::ofNullable)
                .mapToInt(Integer::intValue);
    }
}
