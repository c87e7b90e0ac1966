package parley.ledger.events;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.hibernate.annotations.BatchSize;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;
import parley.ledger.fold.Kind;
import parley.ledger.views.Moment;

/// A record of the log, and what became of it. Only the intake writes it.
@Entity
@Immutable
@Table(name = "event")
@SuppressWarnings("NullAway.Init")
public class ReadRecord extends PanacheEntityBase {
    private static final String OLDEST_FIRST =
            " order by recordedAt, at.topic, at.partition, at.offset";

    /// As the log took them.
    static final Comparator<ReadRecord> LOG_ORDER =
            Comparator.comparing((ReadRecord it) -> it.recordedAt)
                    .thenComparing(it -> it.at.topic())
                    .thenComparing(it -> it.at.partition())
                    .thenComparing(it -> it.at.offset());

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

    @Column(name = "outcome_from")
    Instant outcomeFrom;

    @Nullable String reason;
    public byte @Nullable [] value;

    @ElementCollection
    @CollectionTable(
            name = "former_outcome",
            joinColumns = {
                @JoinColumn(name = "topic", columnDefinition = "smallint"),
                @JoinColumn(name = "partition"),
                @JoinColumn(name = "\"offset\"")
            })
    @BatchSize(size = 100)
    @Immutable
    Set<FormerOutcome> former;

    /// What has become of a record, by some moment.
    record Held(String outcome, @Nullable String reason) {}

    static List<ReadRecord> ofId(String eventId) {
        return list("eventId = ?1" + OLDEST_FIRST, eventId);
    }

    /// The applied events that had shaped one statement by that moment, oldest first.
    public static List<ReadRecord> shaping(Kind kind, String subject, Moment moment) {
        List<ReadRecord> events =
                list(
                        "subject = ?1 and type like ?2"
                                + " and (outcome = 'applied' or outcomeFrom > recordedAt)"
                                + OLDEST_FIRST,
                        subject,
                        kind.word() + ".%");
        return events.stream().filter(it -> it.isApplied(moment)).toList();
    }

    /// What had become of it by that moment, which is not before it was read.
    Held held(Moment moment) {
        Instant at = moment.knownAt();
        if (at == null || !at.isBefore(outcomeFrom)) {
            return new Held(outcome, reason);
        }
        FormerOutcome then =
                former.stream().filter(it -> it.isHeldAt(at)).findFirst().orElseThrow();
        return new Held(then.outcome(), then.reason());
    }

    /// All records about those subjects, whatever became of them, oldest first.
    public static List<ReadRecord> about(Collection<String> subjects) {
        return list("subject in ?1" + OLDEST_FIRST, subjects);
    }

    /// Whether by that moment it said something that stands, or stood, in the ledger.
    public boolean isApplied(Moment moment) {
        return moment.includes(recordedAt) && held(moment).outcome().equals("applied");
    }
}
