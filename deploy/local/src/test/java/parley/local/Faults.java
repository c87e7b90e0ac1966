package parley.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import parley.stack.Database;
import parley.stack.FreePort;
import parley.stack.LocalPostgres;

/// One system, whose own ledger nobody disturbs, and room beside it for ledgers that are: each on
/// the same log, with a database that is new.
final class Faults implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final String FIRST_GENERATION = "g1";
    private static final String SECOND_GENERATION = "g2";
    private static final String PROGRESS =
            """
            select coalesce(sum(next_offset), 0) from log_position
            """;

    /// It waits for its client, and the pen's lock is its own.
    private static final String WRITING =
            """
            select pid from pg_stat_activity
            where application_name = ? and state = 'idle in transaction'
            and backend_xid is not null
            """;

    /// None of its connections has anything under way.
    private static final String RESTING =
            """
            select 1 where not exists (
                select from pg_stat_activity where application_name = ? and state <> 'idle')
            """;

    /// Whose it was, and what: a statement of several lines has all but the first begin with a tab.
    private static final Pattern LOGGED =
            Pattern.compile(
                    "\\[(\\d+)] ledger LOG:  (?:statement|execute [^:]*): (.*(?:\\R\\t.*)*)");

    private final Ports ports = Ports.free();
    private final HttpClient probes = HttpClient.newHttpClient();
    private final Path folder;
    private final LocalSystem system;
    private int databases;
    private int disks;

    Faults(Path folder) {
        this.folder = folder;
        this.system =
                new LocalSystem(new LocalSystem.Plan(UpScript.REPOSITORY, folder, ports, true));
    }

    LocalSystem system() {
        return system;
    }

    Ports ports() {
        return ports;
    }

    /// As the programs are found and the passwords are read; this starts none.
    private LocalPostgres postgres() {
        var state = new StateDirectory(folder);
        return new LocalPostgres(
                new LocalPostgres.Settings(
                        state.postgres().resolve("data"),
                        state.postgres().resolve("programs"),
                        state.log("postgres"),
                        ports.postgres(),
                        Keys.of(state).databasePassword(),
                        true));
    }

    /// The database that nobody disturbs.
    Database undisturbed() {
        return postgres().address("ledger");
    }

    Database fresh() {
        return postgres().database("disturbed_" + ++databases);
    }

    /// A ledger that reads in small steps, so that there is time to disturb it; not yet launched.
    DisturbedLedger ledger(String name, Database database) {
        return ledger(name, database, Map.of());
    }

    /// Likewise, with more settings.
    DisturbedLedger ledger(String name, Database database, Map<String, String> more) {
        return new DisturbedLedger(name, new StateDirectory(folder), ports, database, more);
    }

    /// One more ingest-service; not yet launched.
    Replica ingest(Map<String, String> more) {
        var state = new StateDirectory(folder);
        var settings =
                new HashMap<>(
                        Map.of(
                                "KAFKA_BOOTSTRAP_SERVERS",
                                "127.0.0.1:" + ports.kafka(),
                                "QUARKUS_OIDC_PUBLIC_KEY",
                                Keys.of(state).publicKey()));
        settings.putAll(more);
        var address = URI.create("http://localhost:" + FreePort.any());
        return new Replica(
                address,
                new QuarkusService(
                        "ingest-service", UpScript.REPOSITORY, state, address, settings, probes));
    }

    /// A PostgreSQL that may be lost: beside that of the system, and kept like it.
    LocalPostgres.Settings spare() {
        return new LocalPostgres.Settings(
                folder.resolve("spare").resolve("data"),
                new StateDirectory(folder).postgres().resolve("programs"),
                folder.resolve("spare").resolve("postgres.log"),
                FreePort.any(),
                "spare",
                true);
    }

    /// A PostgreSQL beside that of the system; not yet started.
    SmallDisk smallDisk() {
        return new SmallDisk(
                folder.resolve("small-disk-" + ++disks),
                new StateDirectory(folder).postgres().resolve("programs"));
    }

    /// How many records are in the books; fewer than none where they do not say.
    static long progress(Database database) {
        return progress(database, FIRST_GENERATION);
    }

    /// Likewise, of the books that a later release builds beside them.
    static long progressOfTheNext(Database database) {
        return progress(database, SECOND_GENERATION);
    }

    private static long progress(Database database, String generation) {
        try (var connection = connect(database, generation);
                var select = connection.prepareStatement(PROGRESS);
                var row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        } catch (SQLException notNow) {
            return -1;
        }
    }

    /// How many records the log holds, once the ledger that nobody disturbs has read them all.
    long recordsOnTheLog(Answers answers) {
        return recordsOnTheLog(answers, PATIENCE);
    }

    long recordsOnTheLog(Answers answers, Duration patience) {
        await().atMost(patience)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(
                        () -> {
                            var generations = answers.send(answers.generations());
                            return generations.statusCode() == 200
                                    && answers.read(generations.body())
                                            .path("items")
                                            .valueStream()
                                            .allMatch(it -> it.path("behind").asLong(-1) == 0);
                        });
        return progress(undisturbed());
    }

    /// As a superuser, who is let in where others are not.
    void operate(String sql) {
        try (var connection = connect(superuser());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException(sql, failed);
        }
    }

    /// Whether a ledger is in the midst of a transaction that has the pen.
    boolean isWriting(String ledger) {
        return holds(WRITING, ledger);
    }

    /// Whether a ledger has no transaction open.
    boolean isBetweenBatches(String ledger) {
        return holds(RESTING, ledger);
    }

    private boolean holds(String sql, String ledger) {
        try (var connection = connect(superuser());
                var select = connection.prepareStatement(sql)) {
            select.setString(1, ledger);
            try (var row = select.executeQuery()) {
                return row.next();
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /// Changes the books that a later release builds, behind its back.
    static void changeTheNext(Database database, String sql) {
        try (var connection = connect(database, SECOND_GENERATION);
                var update = connection.createStatement()) {
            if (update.executeUpdate(sql) == 0) {
                throw new IllegalStateException("changes nothing: " + sql);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(sql, failed);
        }
    }

    /// Whether PostgreSQL is to log each statement.
    void logStatements(boolean is) {
        operate("alter system set log_statement = '%s'".formatted(is ? "all" : "none"));
        operate("select pg_reload_conf()");
    }

    /// A statement, in one line, of one of PostgreSQL's processes.
    record Statement(String process, String text) {}

    /// Those that it has logged of the database that nobody disturbs, in their order.
    List<Statement> statements() {
        try {
            return LOGGED.matcher(Files.readString(new StateDirectory(folder).log("postgres")))
                    .results()
                    .map(
                            it ->
                                    new Statement(
                                            it.group(1),
                                            it.group(2).strip().replaceAll("\\s+", " ")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends all connections to a database.
    void cut(Database database) {
        operate(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = '%s'"
                        .formatted(database.user()));
    }

    private Database superuser() {
        var address = postgres().address("postgres");
        return new Database(address.jdbcUrl(), "parley", address.password());
    }

    static Connection connect(Database database) throws SQLException {
        return connect(database, FIRST_GENERATION);
    }

    private static Connection connect(Database database, String generation) throws SQLException {
        var connection =
                DriverManager.getConnection(
                        database.jdbcUrl(), database.user(), database.password());
        connection.setSchema(generation);
        return connection;
    }

    static ConditionFactory await() {
        return Awaitility.await().pollDelay(Duration.ZERO).pollInterval(PAUSE).atMost(PATIENCE);
    }

    @Override
    public void close() {
        system.close();
        probes.shutdownNow();
    }
}
