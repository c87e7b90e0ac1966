package parley.ledger.conflicts;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import parley.contract.Conflict;
import parley.contract.EventCodec;
import parley.contract.EventType;
import parley.contract.LedgerEvent.ConflictDefined;
import parley.contract.Party;
import parley.contract.UnreadableEventException;
import parley.ledger.views.Moment;
import parley.ledger.views.ReadException;
import parley.ledger.views.Reader;

/// The conflicts as they are defined. A definition only adds: a party that an earlier one named and
/// the newest does not stays, after those of the newest, since what it took part in still counts.
@ApplicationScoped
public class Conflicts {
    private static final String ASKED =
            """
            with asked as (select ?::timestamptz as known_at, ?::date as as_of)
            """;
    private static final String DEFINITIONS =
            """
            (select array_agg(value order by recorded_at desc, partition desc, "offset" desc)
             from event
             where subject = edition.subject and type = 'conflict.defined'
                   and outcome = 'applied'
                   and (known_at is null or recorded_at <= known_at)) as definitions
            """;
    private static final String KNOWN =
            """
            from edition
            cross join asked
            where kind = 0
                  and (?::text is null or edition.subject = ?)
                  and (known_at is null and known_to is null
                       or known_from <= known_at and (known_to is null or known_to > known_at))
            order by edition.subject
            """;
    private static final String DEFINITION = ASKED + "select " + DEFINITIONS + KNOWN;
    private static final String DEFINED =
            ASKED
                    + """
                    select edition.subject,
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
                                     where other.conflict = edition.subject
                                           and known_to is not null
                                           and (known_at is null or known_to <= known_at)))
                               as updated_at,
                    """
                    + DEFINITIONS
                    + KNOWN;

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
        return read(DEFINED, Conflicts::defined, null, moment);
    }

    /// One conflict.
    ///
    /// @throws ReadException where it was not defined at that moment
    public Defined one(String conflict, Moment moment) {
        return only(read(DEFINED, Conflicts::defined, conflict, moment), conflict, moment);
    }

    /// What one conflict is defined to be, which costs less than to know how current it is.
    ///
    /// @throws ReadException where it was not defined at that moment
    public Conflict definition(String conflict, Moment moment) {
        return only(read(DEFINITION, Conflicts::definition, conflict, moment), conflict, moment);
    }

    private static <T> T only(List<T> found, String conflict, Moment moment) {
        return found.stream()
                .findFirst()
                .orElseThrow(
                        () ->
                                ReadException.notFound(
                                        moment.knownAt() == null
                                                ? "No conflict `" + conflict + "` is defined."
                                                : "No conflict `%s` was defined at %s."
                                                        .formatted(conflict, moment.knownAt())));
    }

    private <T> List<T> read(
            String sql, Reader.Row<T> row, @Nullable String conflict, Moment moment) {
        return reader.list(sql, row, moment.knownAtUtc(), moment.asOf(), conflict, conflict);
    }

    private static Defined defined(ResultSet row) throws SQLException {
        return new Defined(
                row.getString("subject"),
                definition(row),
                row.getObject("last_exchange_on", LocalDate.class),
                Objects.requireNonNull(Reader.instant(row, "updated_at")));
    }

    private static Conflict definition(ResultSet row) throws SQLException {
        var newestFirst = (byte[][]) row.getArray("definitions").getArray();
        List<Conflict> definitions = Arrays.stream(newestFirst).map(Conflicts::defined).toList();
        Map<String, Party> parties = new LinkedHashMap<>();
        for (Conflict definition : definitions) {
            definition.parties().forEach(it -> parties.putIfAbsent(it.party(), it));
        }
        Conflict newest = definitions.getFirst();
        return new Conflict(newest.name(), newest.since(), List.copyOf(parties.values()));
    }

    private static Conflict defined(byte[] value) {
        try {
            return ((ConflictDefined) EventCodec.read(EventType.CONFLICT_DEFINED, value))
                    .conflict();
        } catch (UnreadableEventException changed) {
            throw new IllegalStateException("What was readable no longer is", changed);
        }
    }
}
