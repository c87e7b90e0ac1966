package parley.ledger.fold;

/// Whether a statement stands.
public enum Status {
    STANDING,
    RETRACTED,
    MERGED;

    /// The word as it stands in JSON.
    public String wire() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
