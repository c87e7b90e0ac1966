package parley.ingest.publishing;

import io.opentelemetry.context.Context;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import parley.contract.Conflict;
import parley.contract.Envelope;
import parley.contract.EventCodec;
import parley.contract.EventType;
import parley.contract.LedgerEvent.ConflictDefined;
import parley.contract.UnreadableEventException;
import parley.ingest.access.Caller;
import parley.ingest.conflicts.ConflictsFollower;
import parley.ingest.conflicts.DefinedConflicts;
import parley.ingest.envelope.Envelopes;
import parley.ingest.log.EventLog;
import parley.ingest.log.Haste;
import parley.ingest.log.LogUnavailableException;
import parley.ingest.statement.Judge;
import parley.ingest.statement.Judgement;
import parley.ingest.statement.KnownConflicts;
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
        return judged(submission)
                .thenCompose(
                        judgement ->
                                concluded(judgement, submission, caller, trace, Haste.AT_ONCE));
    }

    /// Checks everything that is checked before an event is published, and publishes nothing.
    public CompletableFuture<Outcome> rehearse(Submission submission, Caller caller) {
        return judged(submission)
                .thenApply(
                        judgement ->
                                judgement.stands()
                                        ? new Outcome.Rehearsed(
                                                submission.eventId(),
                                                envelopes.lastingSubject(submission, caller))
                                        : new Outcome.Refused(judgement.faults()));
    }

    /// By the newest definitions, where they could make a difference.
    private CompletableFuture<Judgement> judged(Submission submission) {
        Judgement judgement = judge(submission);
        if (!judgement.mayBeOutdated()) {
            return CompletableFuture.completedFuture(judgement);
        }
        return follower.caughtUp()
                .handleAsync((_, behind) -> judgeAgain(submission, conflicts, behind), workers)
                .toCompletableFuture();
    }

    /// Waits until all definitions that are on the log now are known, and judges by them: another
    /// replica may have taken one a moment ago.
    public Judgement judgeCaughtUp(Submission submission, KnownConflicts known) {
        return follower.caughtUp()
                .handle((_, behind) -> judgeAgain(submission, known, behind))
                .toCompletableFuture()
                .join();
    }

    /// Where it cannot be known whether a conflict is defined, nothing is refused for it.
    private Judgement judgeAgain(
            Submission submission, KnownConflicts known, @Nullable Throwable behind) {
        Judgement again = judge.judge(submission, known);
        if (behind != null && again.mayBeOutdated() && !again.isCertain()) {
            throw new LogUnavailableException("The conflicts cannot be looked up now.", behind);
        }
        return again;
    }

    /// What the rules say, by the conflicts that are known here now.
    public Judgement judge(Submission submission) {
        return judge(submission, conflicts);
    }

    /// What the rules say, by the conflicts that are known to the asker.
    public Judgement judge(Submission submission, KnownConflicts known) {
        return judge.judge(submission, known);
    }

    /// The conflicts that are known here now.
    public KnownConflicts conflicts() {
        return conflicts;
    }

    /// Puts on the log what stands.
    public CompletableFuture<Outcome> concluded(
            Judgement judgement, Submission submission, Caller caller, Context trace, Haste haste) {
        if (!judgement.stands()) {
            return CompletableFuture.completedFuture(new Outcome.Refused(judgement.faults()));
        }
        byte[] value = StrictJson.write(submission.data());
        Envelope envelope = envelopes.seal(submission, caller);
        // Until the log has it only its text is held, and not the tree, which is larger.
        Optional<Conflict> defined =
                submission.type() == EventType.CONFLICT_DEFINED
                        ? Optional.of(definition(submission))
                        : Optional.empty();
        return log.append(envelope, value, trace, haste)
                .thenApply(
                        where -> {
                            // What this replica has defined it knows at once.
                            defined.ifPresent(
                                    definition ->
                                            conflicts.apply(
                                                    envelope.subject(),
                                                    definition,
                                                    where.offset()));
                            return new Outcome.Published(envelope, where);
                        });
    }

    /// What a judged submission of type `conflict.defined` defines.
    public static Conflict definition(Submission submission) {
        try {
            return EventCodec.read(EventType.CONFLICT_DEFINED, submission.data())
                            instanceof ConflictDefined(var definition)
                    ? definition
                    : none(null);
        } catch (UnreadableEventException impossible) {
            return none(impossible);
        }
    }

    private static Conflict none(@Nullable Throwable cause) {
        throw new IllegalStateException("A definition that was judged is none", cause);
    }
}
