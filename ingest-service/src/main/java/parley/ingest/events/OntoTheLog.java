package parley.ingest.events;

import io.opentelemetry.context.Context;
import java.util.concurrent.CompletableFuture;
import parley.contract.EventType;
import parley.ingest.access.Caller;
import parley.ingest.log.Haste;
import parley.ingest.publishing.Outcome;
import parley.ingest.publishing.Publication;
import parley.ingest.statement.Judgement;
import parley.ingest.statement.KnownConflicts;
import parley.ingest.statement.Submission;

/// Publishes what stands, many events at a time.
final class OntoTheLog implements Destination {
    private final Publication publication;
    private final Caller caller;
    private final Context trace;
    private final InFlight.Share inFlight;

    OntoTheLog(Publication publication, Caller caller, Context trace, InFlight.Share inFlight) {
        this.publication = publication;
        this.caller = caller;
        this.trace = trace;
        this.inFlight = inFlight;
    }

    @Override
    public KnownConflicts conflicts() {
        return publication.conflicts();
    }

    @Override
    public void take(
            long line, Judgement judgement, Submission submission, int bytes, Tally tally) {
        inFlight.acquire(bytes);
        CompletableFuture<Void> answered =
                publication
                        .concluded(judgement, submission, caller, trace, Haste.IN_BULK)
                        .handle(
                                (outcome, _) -> {
                                    if (outcome instanceof Outcome.Published published) {
                                        tally.accept(published.where());
                                    } else {
                                        tally.miss(line);
                                    }
                                    inFlight.release(bytes);
                                    return null;
                                });
        if (submission.type() == EventType.CONFLICT_DEFINED) {
            answered.join(); // The lines behind it may speak of it.
        }
    }

    @Override
    public void settle() {
        inFlight.settle();
    }
}
