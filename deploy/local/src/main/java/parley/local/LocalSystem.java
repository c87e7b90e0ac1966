package parley.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import parley.stack.Database;
import parley.stack.LocalKafka;
import parley.stack.LocalPostgres;
import parley.stack.LocalServer;

/// Parley on one machine: what `up` runs, and what the end-to-end tests run.
public final class LocalSystem implements AutoCloseable {
    private static final String LEDGER_DATABASE = "ledger";

    /// Which Parley, where, and how.
    ///
    /// @param repository the folder of the repository, built
    /// @param state where everything is kept that survives a restart
    /// @param isEmpty whether to load no data
    public record Plan(Path repository, Path state, Ports ports, boolean isEmpty) {}

    private final Plan plan;
    private final StateDirectory state;
    private final Console console;
    private final HttpClient http = HttpClient.newHttpClient();
    private Map<Member, Supervised> members = Map.of();
    private @Nullable FileLock lock;
    private volatile boolean isClosing;

    public LocalSystem(Plan plan) {
        this(plan, new Console(System.out));
    }

    LocalSystem(Plan plan, Console console) {
        this.plan = plan;
        this.state = new StateDirectory(plan.state());
        this.console = console;
    }

    /// Returns when all of it is up, and the data loaded and read.
    ///
    /// @throws UpException where whoever calls can put right what is in the way
    /// @throws parley.stack.ServerFailedException where a process does not start
    public void start() {
        lock = state.lock();
        Leftovers.stop(state, console);
        plan.ports().requireFree();
        var keys = Keys.of(state);
        Tokens.write(state, keys.tokens());
        var postgres = postgres(keys);
        setUp(keys, postgres);

        console.say("starting Kafka and PostgreSQL in " + state.path());
        inParallel(
                () -> member(Member.KAFKA).start(),
                () -> {
                    member(Member.POSTGRES).start();
                    postgres.database(LEDGER_DATABASE);
                });
        console.say("starting ingest-service and ledger-service");
        inParallel(
                () -> member(Member.INGEST_SERVICE).start(),
                () -> member(Member.LEDGER_SERVICE).start());
        if (!plan.isEmpty()) {
            new DataLoader(state, http, ingest(), ledger(), console)
                    .load(plan.repository().resolve("deploy/data"));
        }
    }

    public URI ingest() {
        return URI.create("http://localhost:" + plan.ports().ingest());
    }

    public URI ledger() {
        return URI.create("http://localhost:" + plan.ports().ledger());
    }

    /// The bearer token of `publisher`, `publisher2`, `editor`, `reader` or `operator`.
    public String token(String caller) {
        return StateDirectory.read(state.token(caller));
    }

    /// The process that runs now: another one after it was killed and has been started again.
    public ProcessHandle process(Member member) {
        return member(member).process();
    }

    public boolean isClosing() {
        return isClosing;
    }

    /// Stops all of it, those first that write to the others; returns when every process is gone.
    @Override
    public void close() {
        Map<Member, Supervised> toStop;
        synchronized (this) {
            isClosing = true;
            toStop = members;
        }
        toStop.values().forEach(Supervised::stop);
        http.shutdownNow();
        unlock();
    }

    private void unlock() {
        if (lock != null) {
            try {
                lock.acquiredBy().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private synchronized Supervised member(Member member) {
        var supervised = members.get(member);
        if (supervised == null) {
            throw new IllegalStateException(member.label() + " was not set up");
        }
        return supervised;
    }

    private synchronized void setUp(Keys keys, LocalPostgres postgres) {
        if (isClosing) {
            throw new UpException("Stopped before it was up");
        }
        var servers =
                Map.of(
                        Member.KAFKA, kafka(),
                        Member.POSTGRES, postgres,
                        Member.INGEST_SERVICE, ingestService(keys),
                        Member.LEDGER_SERVICE,
                                ledgerService(keys, postgres.address(LEDGER_DATABASE)));
        var inOrder = new TreeMap<Member, Supervised>();
        servers.forEach((member, server) -> inOrder.put(member, supervised(member, server)));
        members = inOrder;
    }

    private Supervised supervised(Member member, LocalServer server) {
        state.turnLog(member.label());
        return new Supervised(member.label(), server, state.pid(member.label()), console);
    }

    private LocalKafka kafka() {
        return new LocalKafka(state.kafka(), plan.ports().kafka(), state.log(Member.KAFKA.label()));
    }

    private LocalPostgres postgres(Keys keys) {
        return new LocalPostgres(
                new LocalPostgres.Settings(
                        state.postgres().resolve("data"),
                        state.postgres().resolve("programs"),
                        state.log(Member.POSTGRES.label()),
                        plan.ports().postgres(),
                        keys.databasePassword(),
                        true));
    }

    private QuarkusService ingestService(Keys keys) {
        return service(
                Member.INGEST_SERVICE,
                ingest(),
                Map.of(
                        "KAFKA_BOOTSTRAP_SERVERS", bootstrapServers(),
                        "QUARKUS_OIDC_PUBLIC_KEY", keys.publicKey()));
    }

    private QuarkusService ledgerService(Keys keys, Database database) {
        return service(
                Member.LEDGER_SERVICE,
                ledger(),
                Map.of(
                        "KAFKA_BOOTSTRAP_SERVERS", bootstrapServers(),
                        "QUARKUS_OIDC_PUBLIC_KEY", keys.publicKey(),
                        "QUARKUS_DATASOURCE_JDBC_URL", database.jdbcUrl(),
                        "QUARKUS_DATASOURCE_USERNAME", database.user(),
                        "QUARKUS_DATASOURCE_PASSWORD", database.password()));
    }

    private QuarkusService service(Member member, URI address, Map<String, String> settings) {
        return new QuarkusService(
                member.label(), plan.repository(), state, address, settings, http);
    }

    private String bootstrapServers() {
        return "127.0.0.1:" + plan.ports().kafka();
    }

    /// Returns when all are done; throws what the first that failed has thrown.
    private static void inParallel(Runnable... tasks) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture.allOf(
                            Arrays.stream(tasks)
                                    .map(task -> CompletableFuture.runAsync(task, threads))
                                    .toArray(CompletableFuture<?>[]::new))
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
