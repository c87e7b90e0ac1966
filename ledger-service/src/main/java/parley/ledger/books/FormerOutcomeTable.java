package parley.ledger.books;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import parley.ledger.fold.Judged;
import parley.ledger.fold.Known;

/// What was held to have become of an event, before a later definition turned it.
final class FormerOutcomeTable {
    private static final String COLUMNS =
            "former_outcome (topic, partition, \"offset\", known_from, known_to, outcome, reason)";
    private static final String REMOVE =
            """
            delete from former_outcome as held
            using unnest(?::int[], ?::int[], ?::bigint[], ?::timestamptz[])
                  as old (topic, partition, "offset", known_from)
            where held.topic = old.topic and held.partition = old.partition
                  and held."offset" = old."offset" and held.known_from = old.known_from
            """;

    private FormerOutcomeTable() {}

    static void write(Connection connection, Changes<Judged> changes) throws SQLException {
        remove(
                connection,
                Stream.concat(changes.removed().stream(), changes.ended().stream()).toList());
        add(
                connection,
                Stream.concat(changes.added().stream(), changes.ended().stream())
                        .filter(known -> !known.isCurrent())
                        .toList());
    }

    private static void remove(Connection connection, List<Known<Judged>> removed)
            throws SQLException {
        if (removed.isEmpty()) {
            return;
        }
        try (var delete = new ArrayStatement<>(connection, REMOVE, removed)) {
            delete.array(1, "int4", known -> known.value().at().topic().ordinal());
            delete.array(2, "int4", known -> known.value().at().partition());
            delete.array(3, "int8", known -> known.value().at().offset());
            delete.array(4, "timestamptz", Known::from);
            delete.executeUpdate();
        }
    }

    private static void add(Connection connection, List<Known<Judged>> added) throws SQLException {
        if (added.isEmpty()) {
            return;
        }
        var rows = new CopyRows(connection, COLUMNS);
        for (Known<Judged> known : added) {
            Judged judged = known.value();
            rows.row()
                    .int2(judged.at().topic().ordinal())
                    .int4(judged.at().partition())
                    .int8(judged.at().offset())
                    .time(known.from())
                    .time(known.to())
                    .text(EventTable.word(judged.outcome()))
                    .text(EventTable.reason(judged.outcome()));
        }
        rows.end();
    }
}
