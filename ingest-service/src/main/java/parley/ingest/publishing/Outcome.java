package parley.ingest.publishing;

import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.contract.Envelope;
import parley.ingest.log.Acknowledged;
import parley.ingest.statement.Fault;

/// What became of a submission that the log could take.
public sealed interface Outcome {
    /// It is on the log, acknowledged by all in-sync replicas.
    record Published(Envelope envelope, Acknowledged where) implements Outcome {}

    /// It would be published, but its sender only wanted to know.
    ///
    /// @param eventId as its sender gave it, or null: each sending makes another
    /// @param subject as its sender gave it or as its key makes it, or null likewise
    record Rehearsed(@Nullable String eventId, @Nullable String subject) implements Outcome {}

    /// It may not be said. Nothing was published.
    record Refused(List<Fault> faults) implements Outcome {
        public Refused {
            faults = List.copyOf(faults);
        }
    }
}
