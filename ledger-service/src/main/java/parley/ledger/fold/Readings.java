package parley.ledger.fold;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import parley.contract.Direction;
import parley.contract.Transfer;

/// What the standing claims of its own conflict say of one exchange. Of each claimant the newest
/// counts.
///
/// A claim costs the logarithm of the claims before it, so that an exchange on which everybody has
/// something to say is folded as fast as any other.
final class Readings {
    /// Measured: a claimant with one reading takes about 320 bytes, one with two 420.
    private static final int CLAIMANT_BYTES = 200;

    private static final int READING_BYTES = 100;
    private static final int CHARACTER_BYTES = 2;

    private final Map<Direction, Newest> counts = new HashMap<>();
    private final Map<Direction, Newest> disputes = new HashMap<>();

    /// They bear on every direction, also on one that comes up later.
    private final Newest denials = new Newest();

    void add(Reading reading) {
        bearingOn(reading).forEach(newest -> newest.change(reading, Own::add));
    }

    /// @throws SetAsideException if what counts instead is set aside
    void remove(Reading reading) {
        bearingOn(reading).forEach(newest -> newest.change(reading, Own::remove));
    }

    private List<Newest> bearingOn(Reading reading) {
        Direction direction = reading.direction();
        if (direction == null) {
            var all = new ArrayList<>(disputes.values());
            all.add(denials);
            return all;
        }
        return List.of(
                reading.disputes()
                        ? disputes(direction)
                        : counts.computeIfAbsent(direction, _ -> new Newest()));
    }

    private Newest disputes(Direction direction) {
        return disputes.computeIfAbsent(direction, _ -> denials.copy());
    }

    /// Keeps of each claimant only what is newest.
    void setAside() {
        counts.values().forEach(Newest::setAside);
        disputes.values().forEach(Newest::setAside);
        denials.setAside();
    }

    /// What is kept takes about so many bytes of memory.
    long bytes() {
        return Stream.of(counts.values(), disputes.values(), List.of(denials))
                .flatMap(Collection::stream)
                .mapToLong(Newest::bytes)
                .sum();
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

        private final Map<String, Own> byClaimant = new HashMap<>();

        /// How many name a figure as their smallest or largest.
        private final NavigableMap<Integer, Integer> namings = new TreeMap<>();

        void change(Reading reading, BiConsumer<Own, Reading> change) {
            Own own = byClaimant.computeIfAbsent(reading.claimant(), _ -> new Own());
            count(own, -1);
            change.accept(own, reading);
            count(own, 1);
        }

        private void count(Own own, int namingsMore) {
            if (!own.kept.isEmpty() && own.kept.last().namesAny()) {
                count(own.kept.last().low(), namingsMore);
                count(own.kept.last().high(), namingsMore);
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

        void setAside() {
            byClaimant.values().forEach(Own::setAside);
        }

        long bytes() {
            return byClaimant.entrySet().stream()
                    .mapToLong(
                            own ->
                                    own.getValue().bytes()
                                            + (long) CHARACTER_BYTES * own.getKey().length())
                    .sum();
        }

        Newest copy() {
            var copy = new Newest();
            byClaimant.forEach((claimant, own) -> copy.byClaimant.put(claimant, own.copy()));
            copy.namings.putAll(namings);
            return copy;
        }
    }

    /// What one claimant says.
    private static final class Own {
        /// A claimant who takes back his newest words is rarely one who takes back more.
        private static final int KEPT_MAX = 2;

        private final NavigableSet<Reading> kept = new TreeSet<>(Reading.AGE);
        private int aside; // older than all that are kept

        void add(Reading reading) {
            if (aside > 0 && Reading.AGE.compare(reading, kept.first()) < 0) {
                aside++;
            } else {
                kept.add(reading);
            }
        }

        void remove(Reading reading) {
            if (!kept.remove(reading)) {
                aside--;
            } else if (kept.isEmpty() && aside > 0) {
                throw new SetAsideException();
            }
        }

        void setAside() {
            while (kept.size() > KEPT_MAX) {
                kept.pollFirst();
                aside++;
            }
        }

        long bytes() {
            return CLAIMANT_BYTES + (long) READING_BYTES * kept.size();
        }

        Own copy() {
            var copy = new Own();
            copy.kept.addAll(kept);
            copy.aside = aside;
            return copy;
        }
    }
}
