package parley.ledger.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import parley.ledger.views.Moment;

/// A record of the log, and what became of it.
///
/// @param outcome `applied`, `duplicate` or `rejected`
/// @param reason why it was rejected, or null
public record RecordView(
        @Nullable String id,
        @Nullable String source,
        @Nullable String type,
        @Nullable String subject,
        @Nullable Instant time,
        @Nullable String authority,
        Instant recordedAt,
        String topic,
        int partition,
        long offset,
        String outcome,
        @Nullable String reason) {

    /// Of what was read, as it was held at that moment.
    public static RecordView of(ReadRecord read, Moment moment) {
        ReadRecord.Held held = read.held(moment);
        return new RecordView(
                read.eventId,
                read.source,
                read.type,
                read.subject,
                read.sentAt,
                read.authority == null ? null : read.authority.toLowerCase(java.util.Locale.ROOT),
                read.recordedAt,
                read.at.topic().wire(),
                read.at.partition(),
                read.at.offset(),
                held.outcome(),
                held.reason());
    }
}
