package parley.bench.lab;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import parley.bench.report.Machine;
import parley.local.Keys;
import parley.local.QuarkusService;
import parley.local.StateDirectory;
import parley.local.Tokens;
import parley.stack.Database;
import parley.stack.FreePort;
import parley.stack.LocalKafka;
import parley.stack.LocalPostgres;

/// Kafka, PostgreSQL and the two services, as `deploy/local/up` runs them, but each service only
/// while it is wanted, and the ledger on as many databases as are.
public final class Lab implements AutoCloseable {
    /// In which PostgreSQL keeps pages: a quarter of the memory, of which the manual of PostgreSQL
    /// says that it is a reasonable start, though others share the machine here.
    public static final int BUFFER_MEBIBYTES = Machine.memoryMebibytes() / 4;

    private static final String SUPERUSER = "parley";

    private final Path repository;
    private final StateDirectory state;
    private final Keys keys;
    private final LocalKafka kafka;
    private final LocalPostgres postgres;
    private final int postgresPort = FreePort.any();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Queue<QuarkusService> services = new ConcurrentLinkedQueue<>();
    private @Nullable QuarkusService ingest;
    private final URI ingestAddress = URI.create("http://127.0.0.1:" + FreePort.any());

    /// Returns when both servers run, with nothing on them.
    ///
    /// @param repository where the services are, packaged
    /// @param folder empty, for all that the servers keep
    public Lab(Path repository, Path folder) {
        this.repository = repository;
        this.state = new StateDirectory(folder);
        this.keys = Keys.of(state);
        Tokens.write(state, keys.tokens());
        this.kafka = new LocalKafka(folder.resolve("kafka"), FreePort.any(), state.log("kafka"));
        this.postgres =
                new LocalPostgres(
                        new LocalPostgres.Settings(
                                        folder.resolve("postgres/data"),
                                        folder.resolveSibling("programs"),
                                        state.log("postgres"),
                                        postgresPort,
                                        keys.databasePassword(),
                                        true)
                                .withBuffers(BUFFER_MEBIBYTES));
        kafka.start();
        try {
            postgres.start();
        } catch (RuntimeException notStarted) {
            kafka.close();
            throw notStarted;
        }
    }

    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    public Path repository() {
        return repository;
    }

    /// For files that live as long as the servers.
    public Path folder() {
        return state.path();
    }

    public HttpClient http() {
        return http;
    }

    /// The bearer token of `publisher`, `editor` or `operator`.
    public String token(String caller) {
        return StateDirectory.read(state.token(caller));
    }

    /// Where ingest-service listens; it is started where it is not.
    public URI ingest() {
        if (ingest == null) {
            ingest = ingestService();
            ingest.start();
        }
        return ingestAddress;
    }

    /// An ingest-service that is yet to be started.
    public QuarkusService ingestService() {
        return service(
                "ingest-service",
                ingestAddress,
                Map.of(
                        "KAFKA_BOOTSTRAP_SERVERS",
                        bootstrapServers(),
                        "QUARKUS_OIDC_PUBLIC_KEY",
                        keys.publicKey()));
    }

    /// Does nothing where it does not run.
    public void stopIngest() {
        if (ingest != null) {
            ingest.stop();
            ingest = null;
        }
    }

    /// A ledger-service over an empty database, yet to be started.
    ///
    /// @param settings of its environment, beyond those that say where its servers are
    public Ledger ledger(Map<String, String> settings) {
        var database = freshDatabase();
        var address = URI.create("http://127.0.0.1:" + FreePort.any());
        var environment =
                new HashMap<>(
                        Map.of(
                                "KAFKA_BOOTSTRAP_SERVERS", bootstrapServers(),
                                "QUARKUS_OIDC_PUBLIC_KEY", keys.publicKey(),
                                "QUARKUS_DATASOURCE_JDBC_URL", database.jdbcUrl(),
                                "QUARKUS_DATASOURCE_USERNAME", database.user(),
                                "QUARKUS_DATASOURCE_PASSWORD", database.password()));
        environment.putAll(settings);
        return new Ledger(this, service("ledger-service", address, environment), address, database);
    }

    /// The Quarkus endpoint that ingest-service is compared with, yet to be started.
    public QuarkusService endpoint(URI address) {
        return service("deploy/bench/endpoint", address, Map.of());
    }

    private QuarkusService service(String name, URI address, Map<String, String> environment) {
        var service = new QuarkusService(name, repository, state, address, environment, http);
        services.add(service);
        return service;
    }

    /// An empty database that nobody else has.
    public Database freshDatabase() {
        return postgres.database("bench_" + UUID.randomUUID().toString().replace("-", ""));
    }

    /// Gives back what a database takes on the disk, whoever is connected.
    public void drop(Database database) throws SQLException {
        try (Connection connection = superuser();
                var drop = connection.createStatement()) {
            drop.execute("drop database %s with (force)".formatted(database.user()));
            drop.execute("drop role " + database.user());
        }
    }

    /// How many transactions were committed in a database so far, as PostgreSQL itself counts.
    public long transactions(Database database) throws SQLException {
        try (Connection connection = superuser();
                var select =
                        connection.prepareStatement(
                                "select xact_commit from pg_stat_database where datname = ?")) {
            select.setString(1, database.user());
            try (var rows = select.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    /// Writes what is in PostgreSQL's memory to its files, so that no later run pays for it.
    public void checkpoint() throws SQLException {
        try (Connection connection = superuser();
                var checkpoint = connection.createStatement()) {
            checkpoint.execute("checkpoint");
        }
    }

    private Connection superuser() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(postgresPort),
                SUPERUSER,
                keys.databasePassword());
    }

    /// Stops the services before what they write to: they wait for it otherwise.
    @Override
    public void close() {
        services.forEach(QuarkusService::stop);
        http.shutdownNow();
        kafka.close();
        postgres.close();
    }
}
