package parley.ledger.fold;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import parley.contract.Authority;
import parley.contract.Envelope;
import parley.contract.Statement;

/// Where a statement stands in the course of a replay.
final class Standing {
    final Instant reportedAt;
    Instant updatedAt;
    Stated stated;
    boolean retracted;
    int revision = 1;

    /// Since when what is held of it is as it is; null before anything is.
    @Nullable Instant since;

    private final Kind kind;
    private final String subject;
    private final String source;

    Standing(Kind kind, LoggedEvent first, Statement statement) {
        this.kind = kind;
        this.subject = first.envelope().subject();
        this.reportedAt = first.recordedAt();
        this.updatedAt = first.recordedAt();
        this.stated = Stated.of(first, statement);
        this.source = first.envelope().source().intern();
    }

    Kind kind() {
        return kind;
    }

    String subject() {
        return subject;
    }

    Edition.Key key() {
        return new Edition.Key(kind, subject);
    }

    /// Whose statement it is: that of the first event.
    String publisher() {
        return Envelope.publisher(source).intern();
    }

    /// A publisher may change what it stated itself, an editor what anybody did.
    boolean mayBeChangedBy(LoggedEvent event) {
        return event.envelope().authority() == Authority.EDITOR
                || event.envelope().source().equals(source);
    }

    void changedBy(LoggedEvent event) {
        updatedAt = event.recordedAt();
        revision++;
    }
}
