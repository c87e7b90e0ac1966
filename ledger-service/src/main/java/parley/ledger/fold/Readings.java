package parley.ledger.fold;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.contract.Assertion.Confirmation;
import parley.contract.Assertion.Count;
import parley.contract.Assertion.Denial;
import parley.contract.Assertion.Misidentified;
import parley.contract.Assertion.Statement;
import parley.contract.Assertion.Total;
import parley.contract.Claim;
import parley.contract.Direction;
import parley.contract.Transfer;

/// What the standing claims say of one exchange. Of each claimant the newest counts.
final class Readings {
    private final Map<Direction, ByClaimant> counts = new HashMap<>();
    private final Map<Direction, ByClaimant> misidentified = new HashMap<>();
    private final ByClaimant denials = new ByClaimant();

    void add(Claim claim, LoggedEvent stating) {
        of(claim).ifPresent(readings -> readings.add(claim, stating));
    }

    void remove(Claim claim, LoggedEvent stating) {
        of(claim).ifPresent(readings -> readings.remove(claim, stating));
    }

    /// Where a claim of that kind is kept, if it bears on a figure at all.
    private Optional<ByClaimant> of(Claim claim) {
        return Optional.ofNullable(
                switch (claim.assertion()) {
                    case Count count -> at(counts, count.direction());
                    case Misidentified some -> at(misidentified, some.direction());
                    case Denial denial when denial.claim() == null -> denials;
                    case Denial _, Total _, Confirmation _, Statement _ -> null;
                });
    }

    private static ByClaimant at(Map<Direction, ByClaimant> map, Direction direction) {
        return map.computeIfAbsent(direction, _ -> new ByClaimant());
    }

    /// The figure of a transfer in the light of all that is said of its exchange.
    static Figure figure(Transfer transfer, Collection<Readings> said) {
        Direction direction = transfer.direction();
        List<Claim> counted = newest(said, readings -> readings.counts.get(direction));
        List<Integer> figures =
                Stream.concat(
                                Stream.of(transfer.count(), transfer.low(), transfer.high()),
                                counted.stream()
                                        .map(Claim::assertion)
                                        .map(Count.class::cast)
                                        .flatMap(it -> Stream.of(it.count(), it.low(), it.high())))
                        .filter(Objects::nonNull)
                        .toList();
        long high = figures.stream().mapToLong(Integer::longValue).max().orElse(0);
        if (transfer.count() == null) {
            return new Figure(0, 0, high, 0, 1);
        }
        long best = transfer.count();
        long low = figures.stream().mapToLong(Integer::longValue).min().orElse(best);
        List<Claim> disputing =
                newest(
                        said,
                        readings -> readings.misidentified.get(direction),
                        readings -> readings.denials);
        long disputed = disputing.stream().mapToLong(it -> disputed(it, best)).max().orElse(0);
        return new Figure(best, low, high, disputed, 0);
    }

    private static long disputed(Claim claim, long whole) {
        Integer count =
                switch (claim.assertion()) {
                    case Misidentified some -> some.count();
                    case Denial denial -> denial.count();
                    case Count _, Total _, Confirmation _, Statement _ ->
                            throw new IllegalStateException("Disputes nothing: " + claim);
                };
        return count == null ? whole : LongStream.of(count, whole).min().orElseThrow();
    }

    @SafeVarargs
    private static List<Claim> newest(
            Collection<Readings> said, Function<Readings, @Nullable ByClaimant>... kept) {
        var newest = new HashMap<String, Reading>();
        for (Readings readings : said) {
            for (var of : kept) {
                ByClaimant claims = of.apply(readings);
                if (claims != null) {
                    claims.newestInto(newest);
                }
            }
        }
        return newest.values().stream().map(Reading::claim).toList();
    }

    /// A claim, by the day it was stated, then by the log.
    private record Reading(LocalDate statedOn, LoggedEvent stating, Claim claim) {
        static final Comparator<Reading> AGE =
                Comparator.comparing(Reading::statedOn)
                        .thenComparing(Reading::stating, LoggedEvent.LOG_ORDER);
    }

    private static final class ByClaimant {
        private final Map<String, TreeSet<Reading>> claims = new HashMap<>();

        void add(Claim claim, LoggedEvent stating) {
            claims.computeIfAbsent(claim.claimant().name(), _ -> new TreeSet<>(Reading.AGE))
                    .add(new Reading(claim.statedOn().last(), stating, claim));
        }

        void remove(Claim claim, LoggedEvent stating) {
            String claimant = claim.claimant().name();
            TreeSet<Reading> own = claims.get(claimant);
            if (own != null
                    && own.remove(new Reading(claim.statedOn().last(), stating, claim))
                    && own.isEmpty()) {
                claims.remove(claimant);
            }
        }

        void newestInto(Map<String, Reading> newest) {
            claims.forEach(
                    (claimant, own) ->
                            newest.merge(
                                    claimant,
                                    own.last(),
                                    (one, other) ->
                                            Reading.AGE.compare(one, other) > 0 ? one : other));
        }
    }
}
