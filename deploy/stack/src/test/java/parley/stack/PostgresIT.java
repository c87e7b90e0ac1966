package parley.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresIT {
    private Postgres postgres;

    @BeforeAll
    void start() {
        postgres = TestServers.postgres();
    }

    @AfterAll
    void close() {
        postgres.close();
    }

    @Test
    void whatWasCommittedIsThereAfterAKillWhileClientsWereConnected() throws SQLException {
        var database = postgres.freshDatabase();
        try (var connection = connect(database)) {
            execute(connection, "create table kept (word text)");
            execute(connection, "insert into kept values ('before')");

            postgres.kill();
            postgres.start();
        }

        assertThat(answer(database, "select word from kept")).isEqualTo("before");
    }

    @Test
    void whatWasCommittedIsThereAfterAnOrderlyStopWhileClientsWereConnected() throws SQLException {
        var database = postgres.freshDatabase();
        try (var connection = connect(database)) {
            execute(connection, "create table kept (word text)");
            execute(connection, "insert into kept values ('before')");

            postgres.stop();
            postgres.start();
        }

        assertThat(answer(database, "select word from kept")).isEqualTo("before");
    }

    @Test
    void aDatabaseIsMadeOnceAndBelongsToARoleWithoutFurtherRights() throws SQLException {
        var database = postgres.database("ledger");
        var again = postgres.database("ledger");

        assertThat(again).isEqualTo(database);
        assertThat(answer(database, "select current_user || current_setting('is_superuser')"))
                .isEqualTo("ledgeroff");
    }

    @Test
    void textsAreOrderedByTheirCodePointsWhereverItRuns() throws SQLException {
        var ordered = "select string_agg(w, '' order by w) from unnest('{b,ä,a,B}'::text[]) w";

        assertThat(answer(postgres.freshDatabase(), ordered)).isEqualTo("Babä");
    }

    @Test
    void nobodyIsLetInWithoutThePassword() {
        var database = postgres.freshDatabase();
        var stranger = new Database(database.jdbcUrl(), database.user(), "guess");

        assertThatThrownBy(() -> connect(stranger)).hasMessageContaining("authentication failed");
    }

    private static Connection connect(Database database) throws SQLException {
        return DriverManager.getConnection(
                database.jdbcUrl(), database.user(), database.password());
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String answer(Database database, String query) throws SQLException {
        try (var connection = connect(database);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
