package parley.ledger.views;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/// An answer that has a tag of its own and may be kept for a moment by whoever is in between.
public interface View {
    /// The whole address of what follows it, or null.
    default @Nullable URI next() {
        return null;
    }

    /// Whether it still says something when PostgreSQL is away: a check that was made then does
    /// not.
    default boolean holdsForAWhile() {
        return true;
    }
}
