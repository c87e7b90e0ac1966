package parley.ledger.conflicts;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import parley.contract.Conflict;
import parley.contract.EventCodec;
import parley.contract.EventType;
import parley.contract.LedgerEvent.ConflictDefined;
import parley.contract.UnreadableEventException;
import parley.ledger.views.Moment;
import parley.ledger.views.ReadException;
import parley.ledger.views.Reader;

/// The conflicts as they are defined.
@ApplicationScoped
public class Conflicts {
    private static final String DEFINED =
            """
            with asked as (select ?::timestamptz as known_at, ?::date as as_of)
            select edition.subject, event.value,
                   (select max(valid_on) from entry
                    where conflict = edition.subject
                          and (as_of is null or valid_on <= as_of)
                          and (known_at is null and known_to is null
                               or known_from <= known_at
                                  and (known_to is null or known_to > known_at)))
                       as last_exchange_on,
                   greatest((select max(known_from) from edition other
                             where other.conflict = edition.subject
                                   and (known_at is null or known_from <= known_at)),
                            (select max(known_to) from edition other
                             where other.conflict = edition.subject and known_to is not null
                                   and (known_at is null or known_to <= known_at))) as updated_at
            from edition
            join event using (topic, partition, "offset")
            cross join asked
            where kind = 0
                  and (?::text is null or edition.subject = ?)
                  and (known_at is null and known_to is null
                       or known_from <= known_at and (known_to is null or known_to > known_at))
            order by edition.subject
            """;

    private final Reader reader;

    Conflicts(Reader reader) {
        this.reader = reader;
    }

    /// A conflict, and how current what is known of it is.
    public record Defined(
            String id,
            Conflict conflict,
            @Nullable LocalDate lastExchangeOn,
            @Nullable Instant updatedAt) {}

    /// All conflicts that were defined at that moment.
    public List<Defined> all(Moment moment) {
        return defined(null, moment);
    }

    /// One conflict.
    ///
    /// @throws ReadException where it was not defined at that moment
    public Defined one(String conflict, Moment moment) {
        return defined(conflict, moment).stream()
                .findFirst()
                .orElseThrow(
                        () ->
                                ReadException.notFound(
                                        moment.knownAt() == null
                                                ? "No conflict `" + conflict + "` is defined."
                                                : "No conflict `%s` was defined at %s."
                                                        .formatted(conflict, moment.knownAt())));
    }

    private List<Defined> defined(@Nullable String conflict, Moment moment) {
        OffsetDateTime knownAt = moment.knownAtUtc();
        return reader.list(DEFINED, Conflicts::defined, knownAt, moment.asOf(), conflict, conflict);
    }

    private static Defined defined(ResultSet row) throws SQLException {
        return new Defined(
                row.getString("subject"),
                definition(row.getBytes("value")),
                row.getObject("last_exchange_on", LocalDate.class),
                Objects.requireNonNull(Reader.instant(row, "updated_at")));
    }

    private static Conflict definition(byte[] value) {
        try {
            return ((ConflictDefined) EventCodec.read(EventType.CONFLICT_DEFINED, value))
                    .conflict();
        } catch (UnreadableEventException changed) {
            throw new IllegalStateException("What was readable no longer is", changed);
        }
    }
}
