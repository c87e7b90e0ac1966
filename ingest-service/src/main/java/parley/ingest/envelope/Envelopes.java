package parley.ingest.envelope;

import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import parley.contract.Envelope;
import parley.contract.EventType;
import parley.ingest.access.Caller;
import parley.ingest.statement.Submission;

/// Puts what was judged into the envelope under which it stands on the log.
@Singleton
public final class Envelopes {
    private final EventIds ids;
    private final InstantSource clock;

    Envelopes(EventIds ids, InstantSource clock) {
        this.ids = ids;
        this.clock = clock;
    }

    public Envelope seal(Submission submission, Caller caller) {
        String key = submission.eventId();
        String subject = submission.subject();
        return new Envelope(
                key == null ? ids.fresh() : key,
                Envelope.PUBLISHERS + caller.publisher(),
                submission.type(),
                subject == null
                        ? ids.derived(caller.publisher(), kind(submission.type()), key)
                        : subject,
                clock.instant(),
                caller.authority());
    }

    /// The id of what a submission is about, where sending it again gives the same; else null.
    public @Nullable String lastingSubject(Submission submission, Caller caller) {
        String key = submission.eventId();
        return submission.subject() != null || key == null
                ? submission.subject()
                : ids.derived(caller.publisher(), kind(submission.type()), key);
    }

    /// What kind of thing an event is about: `exchange`, `agreement`, `claim` or `conflict`.
    private static String kind(EventType type) {
        return type.wire().substring(0, type.wire().indexOf('.'));
    }
}
