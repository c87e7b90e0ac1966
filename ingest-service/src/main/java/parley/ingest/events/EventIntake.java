package parley.ingest.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import parley.ingest.access.Caller;
import parley.ingest.problem.ProblemKind;
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
    private final Destination destination;
    private final Tally tally;
    private long caughtUpNanos = System.nanoTime() - KNOWLEDGE_AGE_MAX.toNanos();

    EventIntake(
            CloudEventReader reader,
            Publication publication,
            Caller caller,
            Destination destination,
            Tally tally) {
        this.reader = reader;
        this.publication = publication;
        this.caller = caller;
        this.destination = destination;
        this.tally = tally;
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
        destination.settle();
        return tally;
    }

    private void judge(
            long line, @Nullable String id, Submission submission, List<Fault> faults, int bytes) {
        Judgement judgement = publication.judge(submission, destination.conflicts());
        if (judgement.mayBeOutdated() && isOutdated()) {
            try {
                judgement = publication.judgeCaughtUp(submission, destination.conflicts());
            } catch (CompletionException unknown) {
                tally.miss(line);
                return;
            }
            caughtUpNanos = System.nanoTime();
        }
        if (faults.isEmpty() && judgement.stands()) {
            destination.take(line, judgement, submission, bytes, tally);
            return;
        }
        var all = new ArrayList<>(faults);
        judgement.faults().forEach(fault -> all.add(fault.under("/data")));
        reject(line, id, all);
    }

    private boolean isOutdated() {
        return System.nanoTime() - caughtUpNanos > KNOWLEDGE_AGE_MAX.toNanos();
    }

    private void reject(long line, @Nullable String id, List<Fault> faults) {
        tally.reject(LineProblem.of(line, id, ProblemKind.INVALID_STATEMENT, null, faults));
    }
}
