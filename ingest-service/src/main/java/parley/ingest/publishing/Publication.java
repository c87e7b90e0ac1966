package parley.ingest.publishing;

import io.opentelemetry.context.Context;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import parley.contract.Envelope;
import parley.contract.EventCodec;
import parley.contract.EventType;
import parley.contract.LedgerEvent.ConflictDefined;
import parley.contract.UnreadableEventException;
import parley.ingest.access.Caller;
import parley.ingest.conflicts.ConflictsFollower;
import parley.ingest.conflicts.DefinedConflicts;
import parley.ingest.envelope.Envelopes;
import parley.ingest.log.Acknowledged;
import parley.ingest.log.EventLog;
import parley.ingest.log.Haste;
import parley.ingest.log.LogUnavailableException;
import parley.ingest.statement.Judge;
import parley.ingest.statement.Judgement;
import parley.ingest.statement.StrictJson;
import parley.ingest.statement.Submission;

/// Judges a submission, seals it, and puts it on the log.
@Singleton
public final class Publication {
    private final Judge judge;
    private final DefinedConflicts conflicts;
    private final ConflictsFollower follower;
    private final Envelopes envelopes;
    private final EventLog log;
    private final ExecutorService workers;

    Publication(
            Judge judge,
            DefinedConflicts conflicts,
            ConflictsFollower follower,
            Envelopes envelopes,
            EventLog log,
            ExecutorService workers) {
        this.judge = judge;
        this.conflicts = conflicts;
        this.follower = follower;
        this.envelopes = envelopes;
        this.log = log;
        this.workers = workers;
    }

    /// Fails with a [parley.ingest.log.LogUnavailableException] where the log does not take it.
    public CompletableFuture<Outcome> publish(Submission submission, Caller caller, Context trace) {
        Judgement judgement = judge(submission);
        if (!judgement.mayBeOutdated()) {
            return concluded(judgement, submission, caller, trace, Haste.AT_ONCE);
        }
        return follower.caughtUp()
                .handleAsync((_, behind) -> judgeAgain(submission, behind), workers)
                .thenCompose(again -> concluded(again, submission, caller, trace, Haste.AT_ONCE))
                .toCompletableFuture();
    }

    /// Waits until all definitions that are on the log now are known, and judges by them: another
    /// replica may have taken one a moment ago.
    public Judgement judgeCaughtUp(Submission submission) {
        return follower.caughtUp()
                .handle((_, behind) -> judgeAgain(submission, behind))
                .toCompletableFuture()
                .join();
    }

    /// Where it cannot be known whether a conflict is defined, nothing is refused for it.
    private Judgement judgeAgain(Submission submission, @Nullable Throwable behind) {
        Judgement again = judge(submission);
        if (behind != null && again.mayBeOutdated() && !again.isCertain()) {
            throw new LogUnavailableException("The conflicts cannot be looked up now.", behind);
        }
        return again;
    }

    /// What the rules say, by the conflicts that are known here now.
    public Judgement judge(Submission submission) {
        return judge.judge(submission, conflicts);
    }

    /// Puts on the log what stands.
    public CompletableFuture<Outcome> concluded(
            Judgement judgement, Submission submission, Caller caller, Context trace, Haste haste) {
        if (!judgement.stands()) {
            return CompletableFuture.completedFuture(new Outcome.Refused(judgement.faults()));
        }
        byte[] value = StrictJson.write(submission.data());
        Envelope envelope = envelopes.seal(submission, caller);
        return log.append(envelope, value, trace, haste)
                .thenApply(
                        where -> {
                            if (submission.type() == EventType.CONFLICT_DEFINED) {
                                takeIn(envelope.subject(), value, where);
                            }
                            return new Outcome.Published(envelope, where);
                        });
    }

    /// What this replica has defined it knows at once.
    private void takeIn(String conflict, byte[] value, Acknowledged where) {
        try {
            if (EventCodec.read(EventType.CONFLICT_DEFINED, value)
                    instanceof ConflictDefined(var definition)) {
                conflicts.apply(conflict, definition, where.offset());
            }
        } catch (UnreadableEventException impossible) {
            throw new IllegalStateException("A definition that was judged is none", impossible);
        }
    }
}
