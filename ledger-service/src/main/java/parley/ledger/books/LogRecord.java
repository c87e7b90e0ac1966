package parley.ledger.books;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import parley.contract.Envelope;
import parley.contract.LedgerEvent;
import parley.ledger.fold.Coordinates;

/// A record as it was read off the log: an event, or something that is none.
public final class LogRecord {
    private final Coordinates at;
    private final Instant appendedAt;
    private final Attributes attributes;
    private final byte @Nullable [] value;
    private final Content content;

    /// @param appendedAt the record's own time
    public LogRecord(
            Coordinates at,
            Instant appendedAt,
            Attributes attributes,
            byte @Nullable [] value,
            Content content) {
        this.at = at;
        this.appendedAt = appendedAt;
        this.attributes = attributes;
        this.value = value;
        this.content = content;
    }

    /// The same record, as one that the books could not take.
    LogRecord refused(String reason) {
        var unknown = new Attributes(null, null, null, null, null, null);
        return new LogRecord(at, appendedAt, unknown, value, new Content.Illegible(reason));
    }

    Coordinates at() {
        return at;
    }

    Instant appendedAt() {
        return appendedAt;
    }

    Attributes attributes() {
        return attributes;
    }

    byte @Nullable [] value() {
        return value;
    }

    /// What it holds.
    public Content content() {
        return content;
    }

    /// The attributes as they were sent, as far as they were: what a rejection is listed with.
    public record Attributes(
            @Nullable String id,
            @Nullable String source,
            @Nullable String type,
            @Nullable String subject,
            @Nullable Instant time,
            @Nullable String authority) {}

    /// What a record holds.
    public sealed interface Content {
        /// An event of the contract.
        record Legible(Envelope envelope, LedgerEvent event) implements Content {}

        /// Something else. The reason is a sentence for whoever sent it.
        record Illegible(String reason) implements Content {}
    }
}
