package parley.ledger.events;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;
import parley.ledger.fold.Kind;

/// A record of the log, and what became of it. Only the intake writes it.
@Entity
@Immutable
@Table(name = "event")
@SuppressWarnings("NullAway.Init")
public class ReadRecord extends PanacheEntityBase {
    @EmbeddedId public RecordId at;

    @Column(name = "recorded_at")
    public Instant recordedAt;

    @Column(name = "id")
    @Nullable String eventId;

    @Nullable String source;
    public @Nullable String type;
    public @Nullable String subject;

    @Column(name = "sent_at")
    @Nullable Instant sentAt;

    @Nullable String authority;
    String outcome;
    @Nullable String reason;
    public byte @Nullable [] value;

    static List<ReadRecord> ofId(String eventId) {
        return list("eventId = ?1 order by recordedAt, at.topic, at.partition, at.offset", eventId);
    }

    /// The applied events that shaped one statement, oldest first.
    public static List<ReadRecord> shaping(Kind kind, String subject) {
        return list(
                "subject = ?1 and type like ?2 and outcome = 'applied'"
                        + " order by recordedAt, at.topic, at.partition, at.offset",
                subject,
                kind.word() + ".%");
    }

    /// All records about those subjects, whatever became of them, oldest first.
    public static List<ReadRecord> about(Collection<String> subjects) {
        return list(
                "subject in ?1 order by recordedAt, at.topic, at.partition, at.offset", subjects);
    }

    /// Whether it says something that stands, or stood, in the ledger.
    public boolean isApplied() {
        return outcome.equals("applied");
    }
}
