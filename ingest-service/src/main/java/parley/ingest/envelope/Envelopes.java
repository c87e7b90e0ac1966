package parley.ingest.envelope;

import jakarta.inject.Singleton;
import java.time.InstantSource;
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

    /// What kind of thing an event is about: `exchange`, `agreement`, `claim` or `conflict`.
    private static String kind(EventType type) {
        return type.wire().substring(0, type.wire().indexOf('.'));
    }
}
