package parley.ledger.views;

/// An answer that has a tag of its own and may be kept for a moment by whoever is in between.
public interface View {
    /// Whether it still says something when PostgreSQL is away: a check that was made then does
    /// not.
    default boolean holdsForAWhile() {
        return true;
    }
}
