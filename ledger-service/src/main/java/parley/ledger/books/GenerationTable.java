package parley.ledger.books;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import parley.contract.LogPosition;
import parley.ledger.books.Generations.Serving;

/// Which generations there are, and which of them is read.
final class GenerationTable {
    private static final String ALL =
            """
            select generation, projection, started_at from parley.generation order by generation
            """;
    private static final String ADD =
            """
            insert into parley.generation (projection) values (?)
            returning generation, projection, started_at
            """;
    private static final String REMOVE =
            """
            delete from parley.generation where generation = ?
            """;
    private static final String SERVING =
            """
            select generation, since, forced, reason, since < now() - interval '10 seconds',
                   statement_timestamp()
            from parley.serving
            """;
    private static final String TURN =
            """
            insert into parley.serving (generation, forced, reason) values (?, ?, ?)
            on conflict (only_one) do update
            set generation = excluded.generation, since = clock_timestamp(),
                forced = excluded.forced, reason = excluded.reason
            """;
    private static final String TELL =
            """
            select pg_notify('parley_position', '')
            """;

    private GenerationTable() {}

    static List<Generation> all(Connection connection) throws SQLException {
        var all = new ArrayList<Generation>();
        try (var select = connection.prepareStatement(ALL);
                var rows = select.executeQuery()) {
            while (rows.next()) {
                all.add(generation(rows));
            }
        }
        return all;
    }

    private static Generation generation(ResultSet row) throws SQLException {
        return new Generation(
                row.getInt(1),
                row.getString(2),
                row.getObject(3, OffsetDateTime.class).toInstant());
    }

    /// Adds one, and creates its empty books.
    static Generation add(Connection connection, String projection) throws SQLException {
        try (var add = connection.prepareStatement(ADD)) {
            add.setString(1, projection);
            try (var row = add.executeQuery()) {
                row.next();
                Generation added = generation(row);
                try (var create = connection.createStatement()) {
                    create.execute("create schema " + added.schema());
                    create.execute("set local search_path to " + added.schema());
                    createBooks(connection);
                }
                return added;
            }
        }
    }

    /// Creates the tables of the books, empty, in the schema that the search path names.
    static void createBooks(Connection connection) throws SQLException {
        try (var script = GenerationTable.class.getResourceAsStream("/db/books.sql");
                var create = connection.createStatement()) {
            byte[] sql = Objects.requireNonNull(script, "db/books.sql is missing").readAllBytes();
            create.execute(new String(sql, StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// Waits first for whoever writes these books or compares them: they take the same tables in
    /// the same order, so that neither stands in the other's way for good.
    static void remove(Connection connection, Generation generation) throws SQLException {
        try (var remove = connection.prepareStatement(REMOVE);
                var drop = connection.createStatement()) {
            drop.execute(
                    "lock table %1$s.pen, %1$s.log_position in access exclusive mode"
                            .formatted(generation.schema()));
            remove.setInt(1, generation.number());
            remove.executeUpdate();
            drop.execute("drop schema %s cascade".formatted(generation.schema()));
        }
    }

    /// The one that is read.
    static Serving serving(Connection connection) throws SQLException {
        return serving(connection, SERVING);
    }

    /// The one that is read, and until the transaction ends no other will be.
    static Serving lockServing(Connection connection) throws SQLException {
        return serving(connection, SERVING + " for update");
    }

    private static Serving serving(Connection connection, String sql) throws SQLException {
        try (var select = connection.prepareStatement(sql);
                var row = select.executeQuery()) {
            return row.next()
                    ? new Serving(
                            row.getInt(1),
                            row.getObject(2, OffsetDateTime.class).toInstant(),
                            row.getBoolean(3),
                            row.getString(4),
                            row.getBoolean(5),
                            row.getObject(6, OffsetDateTime.class).toInstant())
                    : Serving.NONE;
        }
    }

    static void turn(Connection connection, int generation, boolean forced, String reason)
            throws SQLException {
        try (var turn = connection.prepareStatement(TURN);
                var tell = connection.prepareStatement(TELL)) {
            turn.setInt(1, generation);
            turn.setBoolean(2, forced);
            turn.setString(3, reason);
            turn.executeUpdate();
            tell.execute();
        }
    }

    /// Until the transaction ends, nothing is written into that generation.
    static void holdThePen(Connection connection, int generation) throws SQLException {
        try (var hold = connection.createStatement()) {
            hold.execute(
                    "select turn from %s.pen for update".formatted(Generation.schema(generation)));
        }
    }

    static LogPosition position(Connection connection, int generation) throws SQLException {
        return PositionTable.read(connection, Generation.schema(generation)).position();
    }
}
