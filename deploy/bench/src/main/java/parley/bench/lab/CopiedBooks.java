package parley.bench.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/// The rows of a ledger's books, to be copied into the same tables with the same indexes.
public final class CopiedBooks {
    /// All tables that grow with the log.
    private static final List<String> TABLES =
            List.of("event", "former_outcome", "tie", "edition", "entry", "account", "activity");

    private static final String SCHEMA = "ledger-service/src/main/resources/db/books.sql";

    private final Lab lab;
    private final Path folder;
    private final long rows;

    private CopiedBooks(Lab lab, Path folder, long rows) {
        this.lab = lab;
        this.folder = folder;
        this.rows = rows;
    }

    /// Takes all rows of the first generation out of a ledger's books, into files.
    public static CopiedBooks of(Lab lab, Ledger ledger) throws SQLException, IOException {
        Path folder = Files.createDirectories(lab.folder().resolve("books"));
        long rows = 0;
        try (Connection connection = ledger.connection()) {
            for (String table : TABLES) {
                try (OutputStream out = Files.newOutputStream(folder.resolve(table))) {
                    rows +=
                            copyManager(connection)
                                    .copyOut(
                                            "copy g1.%s to stdout (format binary)".formatted(table),
                                            out);
                }
            }
        }
        return new CopiedBooks(lab, folder, rows);
    }

    /// How many there are, of all tables.
    public long rows() {
        return rows;
    }

    /// Copies them into a database with nothing in it, and returns the nanoseconds that it took,
    /// commits included: one transaction for each table.
    public long copy() throws SQLException, IOException {
        var database = lab.freshDatabase();
        try (Connection connection =
                DriverManager.getConnection(
                        database.jdbcUrl(), database.user(), database.password())) {
            try (var statement = connection.createStatement()) {
                statement.execute("create schema g1");
                statement.execute("set search_path = g1");
                statement.execute(Files.readString(lab.repository().resolve(SCHEMA)));
            }
            long begun = System.nanoTime();
            long copied = 0;
            for (String table : TABLES) {
                try (InputStream in = Files.newInputStream(folder.resolve(table))) {
                    copied +=
                            copyManager(connection)
                                    .copyIn(
                                            "copy g1.%s from stdin (format binary)"
                                                    .formatted(table),
                                            in);
                }
            }
            long nanos = System.nanoTime() - begun;
            if (copied != rows) {
                throw new IllegalStateException(
                        "%d of %d rows were copied".formatted(copied, rows));
            }
            return nanos;
        } finally {
            lab.drop(database);
        }
    }

    private static CopyManager copyManager(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }
}
