package parley.ledger.books;

import java.sql.Connection;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import parley.ledger.fold.Coordinates;
import parley.ledger.fold.Edition;
import parley.ledger.fold.Entry;
import parley.ledger.fold.Folded;
import parley.ledger.fold.Known;
import parley.ledger.fold.Outcome;

/// What is kept of some cases, or what their events amount to: line by line, in words that compare.
final class KeptLines {
    private static final int ENTRY_KEY = 5;
    private static final String ENTRIES =
            """
            select exchange, from_party, to_party, category, known_from, known_to, conflict,
                   valid_on, agreement, partition, "offset", leg, best, low, high, disputed,
                   unstated
            from entry where exchange = any(?)
            """;
    private static final int EDITION_KEY = 3;
    private static final String EDITIONS =
            """
            select kind, subject, known_from, known_to, conflict, valid_on, status, merged_into,
                   revision, topic, partition, "offset", publisher, reported_at, updated_at,
                   exchange, agreement
            from edition where kind in (0, 1, 2, 3) and subject = any(?)
            """;
    private static final int OUTCOME_KEY = 3;
    private static final String OUTCOMES =
            """
            select topic, partition, "offset", outcome, reason, awaits
            from event where legible and subject = any(?)
            """;

    private final SortedMap<String, String> lines = new TreeMap<>();

    /// What the books keep of those subjects.
    static KeptLines read(Connection connection, Collection<String> subjects) throws SQLException {
        var kept = new KeptLines();
        kept.read(connection, ENTRIES, subjects, "entry", ENTRY_KEY);
        kept.read(connection, EDITIONS, subjects, "edition", EDITION_KEY);
        kept.read(connection, OUTCOMES, subjects, "outcome", OUTCOME_KEY);
        return kept;
    }

    private void read(
            Connection connection, String sql, Collection<String> subjects, String what, int key)
            throws SQLException {
        try (var select = connection.prepareStatement(sql)) {
            select.setArray(1, connection.createArrayOf("text", subjects.toArray()));
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    add(what, key, values(rows));
                }
            }
        }
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

    private void add(String what, int key, @Nullable Object... values) {
        add(what, key, Arrays.stream(values).map(String::valueOf).toList());
    }

    private void add(String what, int key, List<String> values) {
        lines.put(
                what + " " + String.join(" ", values.subList(0, key)),
                String.join(" ", values.subList(key, values.size())));
    }

    /// Adds what a case amounts to.
    void add(Folded folded) {
        folded.entries().forEach(this::addEntry);
        folded.editions().forEach(this::addEdition);
        folded.outcomes().forEach(this::addOutcome);
    }

    private void addEntry(Known<Entry> known) {
        Entry it = known.value();
        add(
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

    private void addEdition(Known<Edition> known) {
        Edition it = known.value();
        add(
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

    private void addOutcome(Coordinates at, Outcome outcome) {
        add(
                "outcome",
                OUTCOME_KEY,
                at.topic().ordinal(),
                at.partition(),
                at.offset(),
                EventTable.word(outcome),
                EventTable.reason(outcome),
                EventTable.awaits(outcome));
    }

    /// How these lines, which are kept, differ from those that the events amount to; a sentence
    /// each.
    List<String> differencesFrom(KeptLines folded) {
        var names = new TreeSet<>(lines.keySet());
        names.addAll(folded.lines.keySet());
        return names.stream()
                .filter(name -> !said(name).equals(folded.said(name)))
                .map(
                        name ->
                                "The %s is kept as: %s. Its events say: %s."
                                        .formatted(name, said(name), folded.said(name)))
                .toList();
    }

    private String said(String name) {
        return lines.getOrDefault(name, "nothing");
    }
}
