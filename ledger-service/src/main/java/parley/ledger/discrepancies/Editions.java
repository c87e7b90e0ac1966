package parley.ledger.discrepancies;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the ledger has held of a transfer in the course of time: it may have come to a claimant's
/// figure only after him.
record Editions(List<Edition> editions) {
    static final Editions NONE = new Editions(List.of());

    Editions {
        editions = List.copyOf(editions);
    }

    /// What it held from one moment until another.
    ///
    /// @param to null: still
    /// @param count null where it had no number
    record Edition(Instant from, @Nullable Instant to, @Nullable Integer count) {
        private boolean isHeldAt(Instant moment) {
            return !moment.isBefore(from) && (to == null || moment.isBefore(to));
        }
    }

    /// The number that it held at that moment, or null.
    @Nullable Integer count(Instant moment) {
        for (Edition edition : editions) {
            if (edition.isHeldAt(moment)) {
                return edition.count;
            }
        }
        return null;
    }
}
