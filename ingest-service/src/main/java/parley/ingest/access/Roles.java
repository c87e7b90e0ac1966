package parley.ingest.access;

/// The roles that a token can carry.
public final class Roles {
    public static final String PUBLISHER = "publisher";
    public static final String EDITOR = "editor";

    private Roles() {}
}
