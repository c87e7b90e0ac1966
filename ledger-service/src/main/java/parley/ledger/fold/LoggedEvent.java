package parley.ledger.fold;

import java.time.Instant;
import java.util.Comparator;
import parley.contract.Envelope;
import parley.contract.LedgerEvent;

/// An event as the log holds it.
///
/// @param recordedAt when the log took it. Within a partition it never goes back, so that the
///     order of the log is the order of its time
public record LoggedEvent(
        Coordinates at, Instant recordedAt, Envelope envelope, LedgerEvent content) {

    /// The order in which events are folded, whatever the order in which they were read.
    public static final Comparator<LoggedEvent> LOG_ORDER =
            Comparator.comparing(LoggedEvent::recordedAt).thenComparing(LoggedEvent::at);

    LogTime when() {
        return new LogTime(recordedAt, at);
    }

    /// What names the event; a second one of that name changes nothing.
    Name name() {
        return new Name(envelope.source(), envelope.subject(), envelope.id());
    }

    /// Whether another event of the same name says the same.
    boolean saysTheSameAs(LoggedEvent other) {
        return envelope.type() == other.envelope.type() && content.equals(other.content);
    }

    record Name(String source, String subject, String id) {}
}
