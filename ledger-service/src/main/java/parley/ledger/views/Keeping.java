package parley.ledger.views;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Who between us and a caller may keep an answer, and for how long: where not everyone may read,
/// no cache that many share.
@Singleton
public class Keeping {
    private static final String EVERYONE = "permit";

    private final boolean isForEveryone;
    private final String forAMoment;
    private final String forGood;

    Keeping(@ConfigProperty(name = "quarkus.http.auth.permission.read.policy") String readers) {
        this.isForEveryone = readers.equals(EVERYONE);
        String whose = isForEveryone ? "public" : "private";
        this.forAMoment = whose + ", max-age=1, stale-while-revalidate=30";
        this.forGood = whose + ", max-age=31536000, immutable";
    }

    /// Whether everyone may read.
    boolean isForEveryone() {
        return isForEveryone;
    }

    /// The `Cache-Control` of what may have changed a moment later.
    public String forAMoment() {
        return forAMoment;
    }

    /// The `Cache-Control` of what never changes.
    String forGood() {
        return forGood;
    }
}
