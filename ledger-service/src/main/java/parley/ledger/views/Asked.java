package parley.ledger.views;

import java.time.Instant;
import parley.contract.LogPosition;

/// When a question was asked, and where the books were known to stand by then: its answer
/// stands there or further.
///
/// @param generation the one that is read
/// @param nanos by the clock that only measures
public record Asked(int generation, LogPosition position, Instant at, long nanos) {
    /// The same, where the answer turned out to stand.
    public Asked at(LogPosition answered) {
        return position.equals(answered) ? this : new Asked(generation, answered, at, nanos);
    }

    /// The same, which shares what is known already: equal positions are soon compared if one.
    Asked sharing(Asked known) {
        return isOfTheSameBooksAs(known) ? new Asked(generation, known.position, at, nanos) : this;
    }

    /// Whether by both the books are those of one generation, at one position.
    public boolean isOfTheSameBooksAs(Asked other) {
        return generation == other.generation && position.equals(other.position);
    }
}
