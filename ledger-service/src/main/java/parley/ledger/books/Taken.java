package parley.ledger.books;

/// What became of the records that the books took.
public record Taken(int applied, int duplicates, int rejected) {}
