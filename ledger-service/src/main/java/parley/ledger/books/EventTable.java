package parley.ledger.books;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.contract.Authority;
import parley.contract.Envelope;
import parley.contract.EventCodec;
import parley.contract.EventType;
import parley.contract.Topic;
import parley.contract.UnreadableEventException;
import parley.ledger.books.LogRecord.Attributes;
import parley.ledger.fold.Coordinates;
import parley.ledger.fold.Judged;
import parley.ledger.fold.Known;
import parley.ledger.fold.LoggedEvent;
import parley.ledger.fold.Outcome;
import parley.ledger.fold.Outcome.Applied;
import parley.ledger.fold.Outcome.Duplicate;
import parley.ledger.fold.Outcome.Rejected;

/// Every record of the log, and what became of it.
final class EventTable {
    private static final String SPOKEN_OF =
            """
            select distinct subject from event where subject = any(?) and legible
            """;
    private static final String TOLD_BEFORE =
            """
            select distinct subject
            from unnest(?::text[], ?::text[]) as told (id, subject)
            cross join lateral (select from event
                                where event.id = told.id and event.subject = told.subject
                                and legible
                                limit 1) as before
            """;
    private static final String ABOUT =
            """
            select topic, partition, "offset", recorded_at, id, source, type, subject, sent_at,
                   authority, value
            from event
            where subject = any(?) and legible
            """;
    private static final String DEFINITIONS =
            """
            select topic, partition, "offset", recorded_at, id, source, type, subject, sent_at,
                   authority, value
            from event
            where topic = 0 and legible
            """;
    private static final String AWAITING =
            """
            select distinct subject from event
            where awaits = any(?) and subject > ?
            order by subject
            limit ?
            """;
    private static final String SUBJECTS =
            """
            select distinct subject from event
            where legible and subject > ?
            order by subject
            limit ?
            """;
    private static final String UPDATE =
            """
            update event set outcome = now.outcome, outcome_from = now.outcome_from,
                             reason = now.reason, awaits = now.awaits
            from unnest(?::int[], ?::int[], ?::bigint[], ?::text[], ?::timestamptz[], ?::text[],
                        ?::text[])
                 as now (topic, partition, "offset", outcome, outcome_from, reason, awaits)
            where event.topic = now.topic and event.partition = now.partition
                  and event."offset" = now."offset"
            """;

    private EventTable() {}

    /// Which of those subjects there are events about.
    static List<String> spokenOf(Connection connection, Collection<String> subjects)
            throws SQLException {
        if (subjects.isEmpty()) {
            return List.of();
        }
        try (var select = connection.prepareStatement(SPOKEN_OF)) {
            select.setArray(1, connection.createArrayOf("text", subjects.toArray()));
            return subjects(select);
        }
    }

    /// The subjects of those events that may be told already: there is one of that id and subject.
    static List<String> toldBefore(Connection connection, List<Envelope> events)
            throws SQLException {
        if (events.isEmpty()) {
            return List.of();
        }
        try (var select = new ArrayStatement<>(connection, TOLD_BEFORE, events)) {
            select.array(1, "text", Envelope::id);
            select.array(2, "text", Envelope::subject);
            return subjects(select.statement());
        }
    }

    /// All that are about those subjects.
    static List<LoggedEvent> about(Connection connection, Collection<String> subjects)
            throws SQLException {
        if (subjects.isEmpty()) {
            return List.of();
        }
        try (var select = connection.prepareStatement(ABOUT)) {
            select.setArray(1, connection.createArrayOf("text", subjects.toArray()));
            return events(select.executeQuery());
        }
    }

    /// All that define conflicts, or would. Which of them stand is for the fold to say, of them
    /// alone: an event of another topic may turn out to have had the name of one before it.
    static List<LoggedEvent> definitions(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(DEFINITIONS)) {
            return events(select.executeQuery());
        }
    }

    /// The next subjects, in their order, with an event that a definition of one of those
    /// conflicts could make valid.
    static List<String> awaiting(
            Connection connection, Collection<String> conflicts, String after, int limit)
            throws SQLException {
        try (var select = connection.prepareStatement(AWAITING)) {
            select.setArray(1, connection.createArrayOf("text", conflicts.toArray()));
            select.setString(2, after);
            select.setInt(3, limit);
            return subjects(select);
        }
    }

    /// The next subjects, in their order.
    static List<String> subjects(Connection connection, String after, int limit)
            throws SQLException {
        try (var select = connection.prepareStatement(SUBJECTS)) {
            select.setString(1, after);
            select.setInt(2, limit);
            return subjects(select);
        }
    }

    private static List<String> subjects(PreparedStatement select) throws SQLException {
        var subjects = new ArrayList<String>();
        try (var rows = select.executeQuery()) {
            while (rows.next()) {
                subjects.add(rows.getString(1));
            }
        }
        return subjects;
    }

    private static List<LoggedEvent> events(ResultSet rows) throws SQLException {
        var events = new ArrayList<LoggedEvent>();
        try (rows) {
            while (rows.next()) {
                events.add(event(rows));
            }
        }
        return events;
    }

    /// What the first eleven columns of such a row say.
    static LoggedEvent event(ResultSet row) throws SQLException {
        var at = new Coordinates(Topic.values()[row.getInt(1)], row.getInt(2), row.getLong(3));
        EventType type = EventType.of(row.getString(7)).orElseThrow();
        try {
            return new LoggedEvent(
                    at,
                    row.getObject(4, OffsetDateTime.class).toInstant(),
                    new Envelope(
                            row.getString(5),
                            row.getString(6),
                            type,
                            row.getString(8),
                            row.getObject(9, OffsetDateTime.class).toInstant(),
                            Authority.valueOf(row.getString(10))),
                    EventCodec.read(type, row.getBytes(11)));
        } catch (UnreadableEventException changed) {
            throw new IllegalStateException(
                    "What was readable no longer is: " + at, changed); // Build a new generation.
        }
    }

    /// The rows of what was read, to be written together.
    static final class Inserts implements AutoCloseable {
        private final CopyRows rows;

        Inserts(Connection connection) throws SQLException {
            rows =
                    new CopyRows(
                            connection,
                            "event (topic, partition, \"offset\", recorded_at, id, source, type,"
                                    + " subject, sent_at, authority, legible, outcome, outcome_from,"
                                    + " reason, awaits, value)");
        }

        void add(
                LogRecord record,
                Instant recordedAt,
                boolean legible,
                Outcome outcome,
                Instant outcomeFrom)
                throws SQLException {
            Coordinates at = record.at();
            Attributes attributes = record.attributes();
            rows.row()
                    .int2(at.topic().ordinal())
                    .int4(at.partition())
                    .int8(at.offset())
                    .time(recordedAt)
                    .text(attributes.id())
                    .text(attributes.source())
                    .text(attributes.type())
                    .text(attributes.subject())
                    .time(attributes.time())
                    .text(attributes.authority())
                    .bool(legible)
                    .text(word(outcome))
                    .time(outcomeFrom)
                    .text(reason(outcome))
                    .text(awaits(outcome))
                    .bytea(record.value());
        }

        void end() throws SQLException {
            rows.end();
        }

        @Override
        public void close() throws SQLException {
            rows.close();
        }
    }

    /// Writes what became of events that were read before, where that is no longer what it was.
    static void update(Connection connection, List<Known<Judged>> turned) throws SQLException {
        if (turned.isEmpty()) {
            return;
        }
        List<Known<Judged>> inOrder =
                turned.stream().sorted(Comparator.comparing(known -> known.value().at())).toList();
        try (var update = new ArrayStatement<>(connection, UPDATE, inOrder)) {
            update.array(1, "int4", known -> known.value().at().topic().ordinal());
            update.array(2, "int4", known -> known.value().at().partition());
            update.array(3, "int8", known -> known.value().at().offset());
            update.array(4, "text", known -> word(known.value().outcome()));
            update.array(5, "timestamptz", Known::from);
            update.array(6, "text", known -> reason(known.value().outcome()));
            update.array(7, "text", known -> awaits(known.value().outcome()));
            update.executeUpdate();
        }
    }

    static String word(Outcome outcome) {
        return switch (outcome) {
            case Applied _ -> "applied";
            case Duplicate _ -> "duplicate";
            case Rejected _ -> "rejected";
        };
    }

    static @Nullable String reason(Outcome outcome) {
        return outcome instanceof Rejected rejected ? rejected.reason() : null;
    }

    static @Nullable String awaits(Outcome outcome) {
        return outcome instanceof Rejected rejected ? rejected.awaits() : null;
    }
}
