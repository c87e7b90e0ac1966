package parley.ingest.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import parley.contract.EventType;
import parley.ingest.access.Caller;
import parley.ingest.log.Haste;
import parley.ingest.problem.ProblemKind;
import parley.ingest.publishing.Outcome;
import parley.ingest.publishing.Publication;
import parley.ingest.statement.Fault;
import parley.ingest.statement.Judgement;
import parley.ingest.statement.Submission;

/// Takes the events of one request, one after another: each stands or falls alone.
final class EventIntake {
    /// Lines of an unknown conflict ask the log no more often than this for newer definitions.
    private static final Duration KNOWLEDGE_AGE_MAX = Duration.ofMillis(500);

    private final CloudEventReader reader;
    private final Publication publication;
    private final Caller caller;
    private final Context trace;
    private final InFlight.Share inFlight;
    private final Tally tally = new Tally();
    private long caughtUpNanos = System.nanoTime() - KNOWLEDGE_AGE_MAX.toNanos();

    EventIntake(
            CloudEventReader reader,
            Publication publication,
            Caller caller,
            Context trace,
            InFlight.Share inFlight) {
        this.reader = reader;
        this.publication = publication;
        this.caller = caller;
        this.trace = trace;
        this.inFlight = inFlight;
    }

    /// Whether it is worth going on: where the log has failed once, it is not.
    boolean isOpen() {
        return !tally.isInterrupted();
    }

    void refuse(long line, ProblemKind kind, String detail) {
        tally.reject(LineProblem.of(line, null, kind, detail, List.of()));
    }

    /// @param bytes the size of the event's text
    void take(long line, JsonNode event, int bytes) {
        if (!(event instanceof ObjectNode object)) {
            refuse(
                    line,
                    ProblemKind.UNREADABLE,
                    "It is JSON, but not an object: it begins with {.");
            return;
        }
        String id = object.path("id").textValue();
        CloudEventReader.Reading reading = reader.read(object, caller);
        Submission submission = reading.submission();
        if (submission == null) {
            reject(line, id, reading.faults());
        } else if (!caller.maySend(submission.type())) {
            tally.reject(
                    LineProblem.of(
                            line,
                            id,
                            ProblemKind.FORBIDDEN,
                            "Only role editor may send " + submission.type().wire() + ".",
                            List.of()));
        } else {
            judge(line, id, submission, reading.faults(), bytes);
        }
    }

    /// What has become of them, once the log has answered for all.
    Tally settled() {
        inFlight.settle();
        return tally;
    }

    private void judge(
            long line, @Nullable String id, Submission submission, List<Fault> faults, int bytes) {
        Judgement judgement = publication.judge(submission);
        if (judgement.mayBeOutdated() && isOutdated()) {
            try {
                judgement = publication.judgeCaughtUp(submission);
            } catch (CompletionException unknown) {
                tally.miss(line);
                return;
            }
            caughtUpNanos = System.nanoTime();
        }
        if (faults.isEmpty() && judgement.stands()) {
            publish(line, judgement, submission, bytes);
            return;
        }
        var all = new ArrayList<>(faults);
        judgement.faults().forEach(fault -> all.add(fault.under("/data")));
        reject(line, id, all);
    }

    private boolean isOutdated() {
        return System.nanoTime() - caughtUpNanos > KNOWLEDGE_AGE_MAX.toNanos();
    }

    private void publish(long line, Judgement judgement, Submission submission, int bytes) {
        inFlight.acquire(bytes);
        CompletableFuture<Void> answered =
                publication
                        .concluded(judgement, submission, caller, trace, Haste.IN_BULK)
                        .handle(
                                (outcome, failure) -> {
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

    private void reject(long line, @Nullable String id, List<Fault> faults) {
        tally.reject(LineProblem.of(line, id, ProblemKind.INVALID_STATEMENT, null, faults));
    }
}
