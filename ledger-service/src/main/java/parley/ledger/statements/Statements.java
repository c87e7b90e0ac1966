package parley.ledger.statements;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parley.contract.EventCodec;
import parley.contract.EventType;
import parley.contract.Statement;
import parley.contract.UnreadableEventException;
import parley.ledger.fold.Kind;
import parley.ledger.views.Moment;
import parley.ledger.views.Page;
import parley.ledger.views.Query;
import parley.ledger.views.Reader;

/// Exchanges, agreements and claims in the fields they were reported in, with what became of them.
@ApplicationScoped
public class Statements {
    private static final String COLUMNS =
            """
            select edition.subject, edition.conflict, edition.valid_on, edition.status,
                   edition.merged_into, edition.revision, edition.publisher, edition.reported_at,
                   edition.updated_at, event.type, event.value
            from edition
            join event using (topic, partition, "offset")
            """;
    private static final String KNOWN =
            COLUMNS
                    + """
                    where edition.kind = ?
                          and (?::timestamptz is null and known_to is null
                               or known_from <= ? and (known_to is null or known_to > ?))
                    """;
    private static final String ONE = KNOWN + " and edition.subject = ?";
    private static final String NEWEST_FIRST =
            """
            order by edition.valid_on desc, edition.subject
            limit ?
            """;
    private static final String UP_TO =
            """
             and edition.conflict = ?
             and (?::date is null or edition.valid_on <= ?)
            order by edition.valid_on, event.recorded_at, event.topic, event.partition,
                     event."offset"
            """;
    private static final String ABOUT_EXCHANGE = KNOWN + " and edition.exchange = ?" + UP_TO;
    private static final String ABOUT_AGREEMENT = KNOWN + " and edition.agreement = ?" + UP_TO;

    private static final String REPORTED =
            """
            select 1 from edition where kind = 1 and subject = ? and known_from <= ? limit 1
            """;

    private final Reader reader;
    private final ObjectMapper json;

    Statements(Reader reader, ObjectMapper json) {
        this.reader = reader;
        this.json = json;
    }

    /// A statement, ready to be answered with.
    public record Stated(
            String id, String conflict, @Nullable LocalDate validOn, ObjectNode document) {}

    /// The statement of that id, at that moment.
    public Optional<Stated> one(Kind kind, String id, Moment moment) {
        OffsetDateTime at = moment.knownAtUtc();
        return reader.first(ONE, row -> stated(kind, row), kind.ordinal(), at, at, at, id);
    }

    /// The statements of a conflict, newest first: one more than the page wants, if there are.
    public List<Stated> page(Kind kind, String conflict, Moment moment, Page page) {
        List<String> after = page.after(2);
        LocalDate day = after == null ? null : Moment.day("cursor", after.getFirst());
        Query query =
                new Query(COLUMNS)
                        .where("edition.conflict = ?", conflict)
                        .where("edition.kind = ?", kind.ordinal())
                        .whereKnown(moment)
                        .whereGiven("edition.valid_on <= ?", Moment.earlier(day, moment.asOf()));
        if (after != null) {
            query.where("edition.valid_on < ? or edition.subject > ?", day, after.get(1));
        }
        return reader.list(query.then(NEWEST_FIRST, page.limit() + 1), row -> stated(kind, row));
    }

    /// What names a statement's place in such a page.
    public static List<String> key(Stated stated) {
        return List.of(String.valueOf(stated.validOn()), stated.id());
    }

    /// The claims of its own conflict about an exchange, and about those that were merged into it,
    /// oldest first.
    public List<Stated> claimsAboutExchange(Stated exchange, Moment moment) {
        return about(ABOUT_EXCHANGE, exchange, moment);
    }

    /// The claims of its own conflict about an agreement, oldest first.
    public List<Stated> claimsAboutAgreement(Stated agreement, Moment moment) {
        return about(ABOUT_AGREEMENT, agreement, moment);
    }

    private List<Stated> about(String sql, Stated subject, Moment moment) {
        OffsetDateTime at = moment.knownAtUtc();
        return reader.list(
                sql,
                row -> stated(Kind.CLAIM, row),
                Kind.CLAIM.ordinal(),
                at,
                at,
                at,
                subject.id(),
                subject.conflict(),
                moment.asOf(),
                moment.asOf());
    }

    /// The statement in the value of an event, which in a correction stands beside its reason;
    /// null where the event only says what becomes of a statement.
    public @Nullable JsonNode statement(Kind kind, String type, byte[] value) {
        try {
            JsonNode body = json.readTree(value);
            if (type.endsWith(".corrected")) {
                return body.get(kind.word());
            }
            return type.endsWith(".retracted") || type.endsWith(".merged") ? null : body;
        } catch (IOException changed) {
            throw new UncheckedIOException("What was readable no longer is", changed);
        }
    }

    /// What an event of the books states, of the kind that its type has.
    public static <T extends Statement> T stated(Class<T> kind, String type, byte[] value) {
        try {
            EventType known = EventType.of(type).orElseThrow();
            return kind.cast(Objects.requireNonNull(EventCodec.read(known, value).statement()));
        } catch (UnreadableEventException changed) {
            throw new IllegalStateException("What was readable no longer is", changed);
        }
    }

    /// Whether the exchange had been reported by then.
    boolean isReported(String exchange, Instant at) {
        return reader.first(REPORTED, _ -> true, exchange, at.atOffset(ZoneOffset.UTC)).isPresent();
    }

    private Stated stated(Kind kind, ResultSet row) throws SQLException {
        ObjectNode document = json.createObjectNode();
        document.put(kind.word() + "Id", row.getString("subject"));
        JsonNode said = statement(kind, row.getString("type"), row.getBytes("value"));
        document.setAll((ObjectNode) Objects.requireNonNull(said));
        document.put(kind.word() + "Id", row.getString("subject"));
        document.put("status", row.getString("status"));
        document.put("mergedInto", row.getString("merged_into"));
        document.put("revision", row.getInt("revision"));
        document.put("publisher", row.getString("publisher"));
        document.put("reportedAt", String.valueOf(Reader.instant(row, "reported_at")));
        document.put("updatedAt", String.valueOf(Reader.instant(row, "updated_at")));
        return new Stated(
                row.getString("subject"),
                row.getString("conflict"),
                row.getObject("valid_on", LocalDate.class),
                document);
    }
}
