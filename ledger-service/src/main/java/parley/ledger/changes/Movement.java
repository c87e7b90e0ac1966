package parley.ledger.changes;

import java.time.Instant;
import parley.contract.Direction;
import parley.ledger.fold.Figure;

/// By how much the figure of one transfer changed at a moment.
record Movement(Cause cause, Direction direction, Figure figure) {

    /// What the event that moved it is found by.
    record Cause(Instant at, String exchange) {}
}
