package parley.ledger.books;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalPropertiesReader;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;
import parley.ledger.fold.SmallWorld;
import parley.stack.Database;
import parley.stack.Postgres;
import parley.stack.TestServers;

/// Books in a real PostgreSQL, empty as often as is wanted. A property that fails prints its seed.
abstract class WithBooks {
    private static @Nullable Postgres postgres;
    private static @Nullable AgroalDataSource database;

    @BeforeContainer
    static void start() throws SQLException {
        Postgres started = TestServers.postgres();
        postgres = started;
        Database fresh = started.freshDatabase();
        database = pool(fresh);
        try (var connection = source().getConnection()) {
            GenerationTable.createBooks(connection);
        }
    }

    /// As the service has it: a connection that is new costs more than most of what is asked here.
    private static AgroalDataSource pool(Database database) throws SQLException {
        var settings = new AgroalPropertiesReader();
        settings.readProperties(
                Map.of(
                        AgroalPropertiesReader.JDBC_URL, database.jdbcUrl(),
                        AgroalPropertiesReader.PRINCIPAL, database.user(),
                        AgroalPropertiesReader.CREDENTIAL, database.password(),
                        AgroalPropertiesReader.MAX_SIZE, "8"));
        return AgroalDataSource.from(settings);
    }

    @AfterContainer
    static void stop() {
        requireNonNull(database).close();
        requireNonNull(postgres).close();
    }

    @Provide
    Arbitrary<SmallWorld> worlds() {
        return SmallWorld.any();
    }

    /// Those that remember what is not quite small: the worlds of a test are.
    static Books booksIn(DataSource database) {
        return new Books(database, null, new CaseCache(3));
    }

    static Dump books(List<List<LogSlice>> batches) throws SQLException {
        empty();
        var books = booksIn(source());
        for (List<LogSlice> batch : batches) {
            books.apply(batch, _ -> {});
        }
        return Dump.of(source());
    }

    static void empty() throws SQLException {
        try (var connection = source().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(
                    "truncate log_position, event, former_outcome, tie, edition, entry, account, activity");
        }
    }

    /// Does to the books what nobody should; at least one row is changed.
    static void change(String sql) throws SQLException {
        try (var connection = source().getConnection();
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
    }

    static List<String> query(String sql) throws SQLException {
        try (var connection = source().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var lines = new ArrayList<String>();
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
            return lines;
        }
    }

    static DataSource source() {
        return requireNonNull(database);
    }
}
