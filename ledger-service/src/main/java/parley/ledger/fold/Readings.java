package parley.ledger.fold;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import parley.contract.Direction;
import parley.contract.Transfer;

/// What the standing claims of its own conflict say of one exchange. Of each claimant the newest
/// counts.
///
/// A claim costs the logarithm of the claims before it, so that an exchange on which everybody has
/// something to say is folded as fast as any other.
final class Readings {
    private final Map<Direction, Newest> counts = new HashMap<>();
    private final Map<Direction, Newest> disputes = new HashMap<>();

    /// They bear on every direction, also on one that comes up later.
    private final NavigableSet<Reading> denials = new TreeSet<>(Reading.AGE);

    void add(Reading reading) {
        change(reading, NavigableSet::add);
    }

    void remove(Reading reading) {
        change(reading, NavigableSet::remove);
    }

    private void change(Reading reading, BiConsumer<NavigableSet<Reading>, Reading> change) {
        Direction direction = reading.direction();
        if (direction == null) {
            disputes.values().forEach(newest -> newest.change(reading, change));
            change.accept(denials, reading);
        } else if (reading.disputes()) {
            disputes(direction).change(reading, change);
        } else {
            counts.computeIfAbsent(direction, _ -> new Newest()).change(reading, change);
        }
    }

    private Newest disputes(Direction direction) {
        return disputes.computeIfAbsent(
                direction,
                _ -> {
                    var newest = new Newest();
                    denials.forEach(denial -> newest.change(denial, NavigableSet::add));
                    return newest;
                });
    }

    /// The figure of a transfer in the light of all that is said of its exchange.
    Figure figure(Transfer transfer) {
        Newest claimed = counts.getOrDefault(transfer.direction(), Newest.NOTHING);
        var figures = new TreeSet<>(claimed.extremes());
        IntStream.of(Reading.named(transfer.quantity())).forEach(figures::add);
        if (transfer.count() == null) {
            return new Figure(0, 0, figures.isEmpty() ? 0 : figures.last(), 0, 1);
        }
        int best = transfer.count();
        int disputed =
                disputes(transfer.direction()).extremes().stream()
                        .mapToInt(figure -> Math.min(figure, best))
                        .max()
                        .orElse(0);
        return new Figure(best, figures.first(), figures.last(), disputed, 0);
    }

    /// The newest reading of each claimant, and the figures in them.
    private static final class Newest {
        static final Newest NOTHING = new Newest();

        private final Map<String, NavigableSet<Reading>> byClaimant = new HashMap<>();

        /// How many name a figure as their smallest or largest.
        private final NavigableMap<Integer, Integer> namings = new TreeMap<>();

        void change(Reading reading, BiConsumer<NavigableSet<Reading>, Reading> change) {
            NavigableSet<Reading> own =
                    byClaimant.computeIfAbsent(reading.claimant(), _ -> new TreeSet<>(Reading.AGE));
            count(own, -1);
            change.accept(own, reading);
            count(own, 1);
        }

        private void count(NavigableSet<Reading> own, int namingsMore) {
            if (!own.isEmpty() && own.last().namesAny()) {
                count(own.last().low(), namingsMore);
                count(own.last().high(), namingsMore);
            }
        }

        private void count(int figure, int namingsMore) {
            namings.merge(figure, namingsMore, Integer::sum);
            namings.remove(figure, 0);
        }

        /// The smallest and the largest figure, if there is any.
        List<Integer> extremes() {
            return namings.isEmpty() ? List.of() : List.of(namings.firstKey(), namings.lastKey());
        }
    }
}
