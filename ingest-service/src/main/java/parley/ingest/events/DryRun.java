package parley.ingest.events;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import parley.contract.Conflict;
import parley.contract.EventType;
import parley.ingest.problem.ProblemKind;
import parley.ingest.publishing.Publication;
import parley.ingest.statement.Judgement;
import parley.ingest.statement.KnownConflicts;
import parley.ingest.statement.Submission;

/// Publishes nothing, but goes on as though it had: a conflict that was defined earlier in the
/// request counts as defined until its end.
final class DryRun implements Destination, KnownConflicts {
    /// The definitions of one request are held in memory until it ends.
    private static final int DEFINITION_BYTES_MAX = 8 << 20;

    private final KnownConflicts published;
    private final Map<String, Conflict> defined = new HashMap<>();
    private int definitionBytes;

    DryRun(KnownConflicts published) {
        this.published = published;
    }

    @Override
    public KnownConflicts conflicts() {
        return this;
    }

    @Override
    public Optional<Conflict> conflict(String id) {
        return Optional.ofNullable(defined.get(id)).or(() -> published.conflict(id));
    }

    @Override
    public Set<String> ids() {
        var ids = new HashSet<>(published.ids());
        ids.addAll(defined.keySet());
        return ids;
    }

    @Override
    public void take(
            long line, Judgement judgement, Submission submission, int bytes, Tally tally) {
        String subject = submission.subject();
        if (submission.type() == EventType.CONFLICT_DEFINED && subject != null) {
            if (bytes > DEFINITION_BYTES_MAX - definitionBytes) {
                tally.reject(
                        LineProblem.of(
                                line,
                                submission.eventId(),
                                ProblemKind.TOO_LARGE,
                                "A dry run takes no more than %d bytes of definitions."
                                        .formatted(DEFINITION_BYTES_MAX),
                                List.of()));
                return;
            }
            definitionBytes += bytes;
            defined.put(subject, Publication.definition(submission));
        }
        tally.acceptDry();
    }

    @Override
    public void settle() {
        // Everything is known at once.
    }
}
