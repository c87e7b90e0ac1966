package parley.ingest.conflicts;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import parley.contract.Conflict;
import parley.ingest.statement.KnownConflicts;

/// The newest definition of every conflict that has been read or acknowledged.
@Singleton
public final class DefinedConflicts implements KnownConflicts {
    private final Map<String, Definition> definitions = new ConcurrentHashMap<>();

    /// A conflict has one key, so all its definitions stand in one partition, by their offsets.
    private record Definition(Conflict conflict, long offset) {}

    @Override
    public Optional<Conflict> conflict(String id) {
        return Optional.ofNullable(definitions.get(id)).map(Definition::conflict);
    }

    @Override
    public Set<String> ids() {
        return Set.copyOf(definitions.keySet());
    }

    /// Takes in a definition, unless a newer one is known.
    public void apply(String id, Conflict conflict, long offset) {
        definitions.merge(
                id,
                new Definition(conflict, offset),
                (known, read) -> read.offset() > known.offset() ? read : known);
    }
}
