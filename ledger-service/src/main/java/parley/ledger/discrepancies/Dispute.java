package parley.ledger.discrepancies;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.contract.Quantity;

/// That not all say the same of a transfer.
///
/// @param claims the newest of each claimant, oldest first
/// @param spread the largest less the smallest of all figures that are stated
/// @param since the day on which the claim was stated from which on they have differed
record Dispute<C>(List<C> claims, int spread, LocalDate since) {
    Dispute {
        claims = List.copyOf(claims);
    }

    /// What one claimant said on a day, and where it was read.
    ///
    /// @param party the one he speaks for, or null
    /// @param at when the log took it
    record Saying<C>(
            String claimant,
            @Nullable String party,
            LocalDate day,
            Instant at,
            Quantity quantity,
            C claim) {}

    /// Whether there is one between the ledger and the claims about a transfer, which come by the
    /// day they were stated, then by the log. Of each claimant the newest counts, on each day.
    static <C> Optional<Dispute<C>> among(Quantity ledger, List<Saying<C>> claims) {
        var sayings = new Sayings();
        var newest = new LinkedHashMap<String, Saying<C>>();
        LocalDate since = null;
        sayings.add(ledger);
        for (Saying<C> claim : claims) {
            Saying<C> before = newest.putLast(claim.claimant(), claim);
            if (before != null) {
                sayings.remove(before.quantity());
            }
            sayings.add(claim.quantity());
            if (!sayings.differ()) {
                since = null;
            } else if (since == null) {
                since = claim.day();
            }
        }
        return since == null
                ? Optional.empty()
                : Optional.of(
                        new Dispute<>(
                                newest.values().stream().map(Saying::claim).toList(),
                                spread(ledger, newest.values()),
                                since));
    }

    private static <C> int spread(Quantity ledger, Collection<Saying<C>> claims) {
        var figures =
                Stream.concat(Stream.of(ledger), claims.stream().map(Saying::quantity))
                        .flatMapToInt(Sayings::named)
                        .summaryStatistics();
        return figures.getMax() - figures.getMin();
    }
}
