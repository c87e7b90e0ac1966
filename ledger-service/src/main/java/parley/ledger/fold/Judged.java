package parley.ledger.fold;

/// An event, and what became of it.
public record Judged(Coordinates at, Outcome outcome) {}
