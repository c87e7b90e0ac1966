package parley.ledger.books;

import parley.contract.LogPosition;

/// What the books took, and where they stand since.
public record Taken(LogPosition position, int applied, int duplicates, int rejected) {}
