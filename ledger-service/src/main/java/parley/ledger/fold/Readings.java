package parley.ledger.fold;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.contract.Assertion.Confirmation;
import parley.contract.Assertion.Count;
import parley.contract.Assertion.Denial;
import parley.contract.Assertion.Misidentified;
import parley.contract.Assertion.Statement;
import parley.contract.Assertion.Total;
import parley.contract.Direction;
import parley.contract.Quantity;
import parley.contract.Transfer;
import parley.ledger.fold.Stated.Claimed;

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

    void add(Stated stated) {
        change(stated, NavigableSet::add);
    }

    void remove(Stated stated) {
        change(stated, NavigableSet::remove);
    }

    private void change(Stated stated, BiConsumer<NavigableSet<Reading>, Reading> change) {
        Claimed claim = stated.claim();
        if (claim == null) {
            return;
        }
        switch (claim.assertion()) {
            case Count count ->
                    counts.computeIfAbsent(count.direction(), _ -> new Newest())
                            .change(
                                    Reading.of(claim, stated.when(), named(count.quantity())),
                                    change);
            case Misidentified some ->
                    disputes(some.direction())
                            .change(
                                    Reading.of(claim, stated.when(), disputed(some.count())),
                                    change);
            case Denial denial when denial.claim() == null -> {
                var reading = Reading.of(claim, stated.when(), disputed(denial.count()));
                disputes.values().forEach(newest -> newest.change(reading, change));
                change.accept(denials, reading);
            }
            // They do not bear on what an exchange amounts to.
            case Denial _, Total _, Confirmation _, Statement _ -> {}
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
        var figures = new TreeSet<>(named(transfer.quantity()));
        figures.addAll(claimed.extremes());
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

    private static List<Integer> named(Quantity quantity) {
        return Stream.of(quantity.count(), quantity.low(), quantity.high())
                .filter(Objects::nonNull)
                .toList();
    }

    /// Without a count it is the whole transfer, however large.
    private static List<Integer> disputed(@Nullable Integer count) {
        return List.of(count == null ? Quantity.COUNT_MAX : count);
    }

    /// The figures that a claim names, by the day it was stated, then by the log.
    private record Reading(
            String claimant, LocalDate statedOn, LogTime when, List<Integer> figures) {
        static final Comparator<Reading> AGE =
                Comparator.comparing(Reading::statedOn).thenComparing(Reading::when);

        static Reading of(Claimed claim, LogTime when, List<Integer> figures) {
            return new Reading(claim.claimant(), claim.statedOn(), when, figures);
        }
    }

    /// The newest reading of each claimant, and the figures in them.
    private static final class Newest {
        static final Newest NOTHING = new Newest();

        private final Map<String, NavigableSet<Reading>> byClaimant = new HashMap<>();
        private final NavigableMap<Integer, Integer> namings = new TreeMap<>(); // by figure

        void change(Reading reading, BiConsumer<NavigableSet<Reading>, Reading> change) {
            NavigableSet<Reading> own =
                    byClaimant.computeIfAbsent(reading.claimant(), _ -> new TreeSet<>(Reading.AGE));
            count(own, -1);
            change.accept(own, reading);
            count(own, 1);
        }

        private void count(NavigableSet<Reading> own, int namingsMore) {
            if (!own.isEmpty()) {
                for (Integer figure : own.last().figures()) {
                    namings.merge(figure, namingsMore, Integer::sum);
                    namings.remove(figure, 0);
                }
            }
        }

        /// The smallest and the largest figure, if there is any.
        List<Integer> extremes() {
            return namings.isEmpty() ? List.of() : List.of(namings.firstKey(), namings.lastKey());
        }
    }
}
