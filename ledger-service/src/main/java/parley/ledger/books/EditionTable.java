package parley.ledger.books;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import parley.ledger.fold.Edition;
import parley.ledger.fold.Known;

/// What was held of exchanges, agreements, claims and conflicts.
final class EditionTable {
    private static final String COLUMNS =
            "edition (kind, subject, known_from, known_to, conflict, valid_on, status, merged_into,"
                    + " revision, topic, partition, \"offset\", publisher, reported_at, updated_at,"
                    + " exchange, agreement)";
    private static final String END =
            """
            update edition set known_to = now.known_to
            from unnest(?::int[], ?::text[], ?::timestamptz[], ?::timestamptz[])
                 as now (kind, subject, known_from, known_to)
            where edition.kind = now.kind and edition.subject = now.subject
                  and edition.known_from = now.known_from
            """;
    private static final String REMOVE =
            """
            delete from edition
            using unnest(?::int[], ?::text[], ?::timestamptz[]) as old (kind, subject, known_from)
            where edition.kind = old.kind and edition.subject = old.subject
                  and edition.known_from = old.known_from
            """;

    private EditionTable() {}

    static void write(Connection connection, Changes<Edition> changes) throws SQLException {
        remove(connection, changes.removed());
        end(connection, changes.ended());
        add(connection, changes.added());
    }

    private static void remove(Connection connection, List<Known<Edition>> removed)
            throws SQLException {
        if (!removed.isEmpty()) {
            try (var delete = keyed(connection, REMOVE, removed)) {
                delete.executeUpdate();
            }
        }
    }

    private static void end(Connection connection, List<Known<Edition>> ended) throws SQLException {
        if (!ended.isEmpty()) {
            try (var update = keyed(connection, END, ended)) {
                update.array(4, "timestamptz", Known::to);
                update.executeUpdate();
            }
        }
    }

    private static ArrayStatement<Known<Edition>> keyed(
            Connection connection, String sql, List<Known<Edition>> editions) throws SQLException {
        var statement = new ArrayStatement<>(connection, sql, editions);
        statement.array(1, "int4", edition -> edition.value().kind().ordinal());
        statement.array(2, "text", edition -> edition.value().subject());
        statement.array(3, "timestamptz", Known::from);
        return statement;
    }

    private static void add(Connection connection, List<Known<Edition>> added) throws SQLException {
        if (added.isEmpty()) {
            return;
        }
        try (var rows = new CopyRows(connection, COLUMNS)) {
            for (Known<Edition> known : added) {
                Edition edition = known.value();
                rows.row()
                        .int2(edition.kind().ordinal())
                        .text(edition.subject())
                        .time(known.from())
                        .time(known.to())
                        .text(edition.conflict())
                        .date(edition.validOn())
                        .text(edition.status().wire())
                        .text(edition.mergedInto())
                        .int4(edition.revision())
                        .int2(edition.statedAt().topic().ordinal())
                        .int4(edition.statedAt().partition())
                        .int8(edition.statedAt().offset())
                        .text(edition.publisher())
                        .time(edition.reportedAt())
                        .time(edition.updatedAt())
                        .text(edition.exchange())
                        .text(edition.agreement());
            }
            rows.end();
        }
    }
}
