package parley.ledger.books;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import parley.ledger.fold.Entry;
import parley.ledger.fold.Known;

/// The ledger's lines.
final class EntryTable {
    private static final String COLUMNS =
            "entry (exchange, from_party, to_party, category, known_from, known_to, conflict,"
                    + " valid_on, agreement, partition, \"offset\", leg, best, low, high, disputed,"
                    + " unstated)";
    private static final String END =
            """
            update entry set known_to = now.known_to
            from unnest(?::text[], ?::text[], ?::text[], ?::int[], ?::timestamptz[],
                        ?::timestamptz[])
                 as now (exchange, from_party, to_party, category, known_from, known_to)
            where entry.exchange = now.exchange and entry.from_party = now.from_party
                  and entry.to_party = now.to_party and entry.category = now.category
                  and entry.known_from = now.known_from
            """;
    private static final String REMOVE =
            """
            delete from entry
            using unnest(?::text[], ?::text[], ?::text[], ?::int[], ?::timestamptz[])
                  as old (exchange, from_party, to_party, category, known_from)
            where entry.exchange = old.exchange and entry.from_party = old.from_party
                  and entry.to_party = old.to_party and entry.category = old.category
                  and entry.known_from = old.known_from
            """;

    private EntryTable() {}

    static void write(Connection connection, Changes<Entry> changes) throws SQLException {
        remove(connection, changes.removed());
        end(connection, changes.ended());
        add(connection, changes.added());
    }

    private static void remove(Connection connection, List<Known<Entry>> removed)
            throws SQLException {
        if (!removed.isEmpty()) {
            try (var delete = keyed(connection, REMOVE, removed)) {
                delete.executeUpdate();
            }
        }
    }

    private static void end(Connection connection, List<Known<Entry>> ended) throws SQLException {
        if (!ended.isEmpty()) {
            try (var update = keyed(connection, END, ended)) {
                update.array(6, "timestamptz", Known::to);
                update.executeUpdate();
            }
        }
    }

    private static ArrayStatement<Known<Entry>> keyed(
            Connection connection, String sql, List<Known<Entry>> lines) throws SQLException {
        var statement = new ArrayStatement<>(connection, sql, lines);
        statement.array(1, "text", line -> line.value().exchange());
        statement.array(2, "text", line -> line.value().direction().from());
        statement.array(3, "text", line -> line.value().direction().to());
        statement.array(4, "int4", line -> line.value().direction().category().ordinal());
        statement.array(5, "timestamptz", Known::from);
        return statement;
    }

    private static void add(Connection connection, List<Known<Entry>> added) throws SQLException {
        if (added.isEmpty()) {
            return;
        }
        try (var rows = new CopyRows(connection, COLUMNS)) {
            for (Known<Entry> line : added) {
                Entry entry = line.value();
                rows.row()
                        .text(entry.exchange())
                        .text(entry.direction().from())
                        .text(entry.direction().to())
                        .int2(entry.direction().category().ordinal())
                        .time(line.from())
                        .time(line.to())
                        .text(entry.conflict())
                        .date(entry.validOn())
                        .text(entry.agreement())
                        .int4(entry.statedAt().partition())
                        .int8(entry.statedAt().offset())
                        .int2(entry.leg())
                        .int4((int) entry.figure().best())
                        .int4((int) entry.figure().low())
                        .int4((int) entry.figure().high())
                        .int4((int) entry.figure().disputed())
                        .int2((int) entry.figure().unstated());
            }
            rows.end();
        }
    }
}
