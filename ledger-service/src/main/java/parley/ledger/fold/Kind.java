package parley.ledger.fold;

/// What a statement is about.
public enum Kind {
    CONFLICT,
    EXCHANGE,
    AGREEMENT,
    CLAIM;

    /// The word for it in a sentence.
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
