package parley.ledger.books;

import java.sql.Connection;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import parley.ledger.fold.Coordinates;
import parley.ledger.fold.Edition;
import parley.ledger.fold.Entry;
import parley.ledger.fold.Folded;
import parley.ledger.fold.Known;
import parley.ledger.fold.Outcome;

/// What is kept of some cases, or what their events amount to: line by line, in words that compare.
final class CaseLines {
    private static final int TOGETHER = 1_000;
    private static final int ENTRY_KEY = 5;
    private static final String ENTRIES =
            """
            select exchange, from_party, to_party, category, known_from, known_to, conflict,
                   valid_on, agreement, partition, "offset", leg, best, low, high, disputed,
                   unstated
            from entry where exchange = member.subject
            """;
    private static final int EDITION_KEY = 3;
    private static final String EDITIONS =
            """
            select kind, subject, known_from, known_to, conflict, valid_on, status, merged_into,
                   revision, topic, partition, "offset", publisher, reported_at, updated_at,
                   exchange, agreement
            from edition where kind in (0, 1, 2, 3) and edition.subject = member.subject
            """;
    private static final int OUTCOME_KEY = 3;
    private static final String OUTCOMES =
            """
            select topic, partition, "offset", outcome, reason, awaits
            from event where legible and event.subject = member.subject
            """;

    private CaseLines() {}

    /// Tells the name of each line that is kept of those cases, and what it says. In the
    /// transaction that is open.
    static void read(Connection connection, List<String> cases, BiConsumer<String, String> told)
            throws SQLException {
        read(connection, ENTRIES, cases, "entry", ENTRY_KEY, told);
        read(connection, EDITIONS, cases, "edition", EDITION_KEY, told);
        read(connection, OUTCOMES, cases, "outcome", OUTCOME_KEY, told);
    }

    private static void read(
            Connection connection,
            String sql,
            List<String> cases,
            String what,
            int key,
            BiConsumer<String, String> told)
            throws SQLException {
        try (var select = connection.prepareStatement(ofCases(sql))) {
            select.setFetchSize(TOGETHER);
            select.setArray(1, connection.createArrayOf("text", cases.toArray()));
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    tell(told, what, key, values(rows));
                }
            }
        }
    }

    /// By the index, however many members they have.
    private static String ofCases(String linesOfMember) {
        return """
        select kept.*
        from unnest(?::text[]) as one (case_id)
        cross join lateral (select subject from tie where tie.case_id = one.case_id
                            union select one.case_id) as member
        cross join lateral (%s offset 0) as kept
        """
                .formatted(linesOfMember);
    }

    private static List<String> values(ResultSet row) throws SQLException {
        int columns = row.getMetaData().getColumnCount();
        var values = new ArrayList<String>(columns);
        for (int column = 1; column <= columns; column++) {
            Object value = row.getObject(column);
            values.add(
                    switch (value) {
                        case Timestamp moment -> moment.toInstant().toString();
                        case Date day -> day.toLocalDate().toString();
                        case null, default -> String.valueOf(value);
                    });
        }
        return values;
    }

    private static void tell(
            BiConsumer<String, String> told, String what, int key, @Nullable Object... values) {
        tell(told, what, key, Arrays.stream(values).map(String::valueOf).toList());
    }

    private static void tell(
            BiConsumer<String, String> told, String what, int key, List<String> values) {
        told.accept(
                what + " " + String.join(" ", values.subList(0, key)),
                String.join(" ", values.subList(key, values.size())));
    }

    /// Tells the same of what events amount to.
    static void of(Folded folded, BiConsumer<String, String> told) {
        folded.entries().forEach(known -> tellEntry(told, known));
        folded.editions().forEach(known -> tellEdition(told, known));
        folded.outcomes().forEach((at, outcome) -> tellOutcome(told, at, outcome));
    }

    private static void tellEntry(BiConsumer<String, String> told, Known<Entry> known) {
        Entry it = known.value();
        tell(
                told,
                "entry",
                ENTRY_KEY,
                it.exchange(),
                it.direction().from(),
                it.direction().to(),
                it.direction().category().ordinal(),
                known.from(),
                known.to(),
                it.conflict(),
                it.validOn(),
                it.agreement(),
                it.statedAt().partition(),
                it.statedAt().offset(),
                it.leg(),
                it.figure().best(),
                it.figure().low(),
                it.figure().high(),
                it.figure().disputed(),
                it.figure().unstated());
    }

    private static void tellEdition(BiConsumer<String, String> told, Known<Edition> known) {
        Edition it = known.value();
        tell(
                told,
                "edition",
                EDITION_KEY,
                it.kind().ordinal(),
                it.subject(),
                known.from(),
                known.to(),
                it.conflict(),
                it.validOn(),
                it.status().wire(),
                it.mergedInto(),
                it.revision(),
                it.statedAt().topic().ordinal(),
                it.statedAt().partition(),
                it.statedAt().offset(),
                it.publisher(),
                it.reportedAt(),
                it.updatedAt(),
                it.exchange(),
                it.agreement());
    }

    private static void tellOutcome(
            BiConsumer<String, String> told, Coordinates at, Outcome outcome) {
        tell(
                told,
                "outcome",
                OUTCOME_KEY,
                at.topic().ordinal(),
                at.partition(),
                at.offset(),
                EventTable.word(outcome),
                EventTable.reason(outcome),
                EventTable.awaits(outcome));
    }
}
