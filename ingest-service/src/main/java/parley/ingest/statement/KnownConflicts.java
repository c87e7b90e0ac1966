package parley.ingest.statement;

import java.util.Optional;
import java.util.Set;
import parley.contract.Conflict;

/// The conflicts that are defined, as far as is known here and now.
public interface KnownConflicts {
    Optional<Conflict> conflict(String id);

    Set<String> ids();
}
