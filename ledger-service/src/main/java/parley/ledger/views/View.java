package parley.ledger.views;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An answer that has a tag of its own and may be kept for a moment by whoever is in between.
public interface View {
    /// How far into the log it has read, as text; null where it does not say.
    @Nullable String position();

    /// The newest moment that it rests on, or the one that was asked for; null where it does not
    /// say.
    default @Nullable Instant knownAt() {
        return null;
    }

    /// The whole address of what follows it, or null.
    default @Nullable URI next() {
        return null;
    }

    /// How it is read as a table; null where it is none.
    default @Nullable Table table() {
        return null;
    }

    /// Whether it still says something when PostgreSQL is away: a check that was made then does
    /// not.
    default boolean holdsForAWhile() {
        return true;
    }
}
