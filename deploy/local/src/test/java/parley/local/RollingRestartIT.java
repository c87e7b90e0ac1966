package parley.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import parley.stack.FreePort;

/// Both services replaced, one replica after another, while newsrooms publish and dashboards read;
/// then PostgreSQL is killed and comes back. Only with `-Dparley.rounds=10`, which is how often: it
/// wants a machine of its own for some minutes.
@EnabledIfSystemProperty(named = "parley.rounds", matches = "\\d+")
class RollingRestartIT {
    private static final int ROUNDS = Integer.getInteger("parley.rounds", 1);
    private static final int PUBLISHES_PER_SECOND = 200;
    private static final int READS_PER_SECOND = 500;
    /// Half of what the chart gives.
    private static final String DELAY = "5S";

    private static final Map<String, String> OF_A_REPLICA =
            Map.of(
                    "QUARKUS_SHUTDOWN_DELAY",
                    DELAY,
                    "PARLEY_LEDGER_INTAKE_BATCH_RECORDS_MAX",
                    "5000");
    private static final String CONFLICT =
            """
            {"name":"A trial","parties":[
             {"party":"NORTH","name":"Northland","role":"side"},
             {"party":"SOUTH","name":"Southland","role":"side"}]}
            """;
    private static final String EXCHANGE =
            """
            {"exchangeId":"ID","conflict":"rolling","occurredOn":"2026-02-20",
             "transfers":[{"from":"NORTH","to":"SOUTH","category":"remains","count":1,
                           "statedBy":["SOUTH"]}],
             "sources":[{"title":"A","publisher":"B","url":"https://example.org"}]}
            """;

    private final HttpClient probes = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final Balanced ingest = new Balanced();
    private final Balanced ledger = new Balanced();

    @TempDir Path folder;

    @Test
    void nobodyIsFailedAndNothingIsLostOrCountedTwice() throws Exception {
        var faults = new Faults(folder.resolve("system"));
        try (faults;
                probes;
                ingest;
                ledger) {
            LocalSystem system = faults.system();
            system.start();
            var database = faults.fresh();
            try (var ingestion = new Replaced(ingest, () -> ingestReplica(faults.ports()));
                    var reading =
                            new Replaced(
                                    ledger,
                                    () -> {
                                        var replica =
                                                faults.ledger("rolling", database, OF_A_REPLICA);
                                        return new Replica(replica.address(), replica.service());
                                    })) {
                ingestion.replace();
                reading.replace();
                define(system.token("editor"));
                Faults.await().until(() -> read().statusCode() == 200);

                var load = new Load(system.token("publisher"));
                for (int round = 0; round < ROUNDS; round++) {
                    ingestion.replace();
                    reading.replace();
                }
                ProcessHandle killed = system.process(Member.POSTGRES);
                killed.destroyForcibly();
                Faults.await()
                        .ignoreExceptions()
                        .until(() -> system.process(Member.POSTGRES).pid() != killed.pid());
                int then = load.published.get();
                Faults.await().until(() -> received() > then);
                load.close();

                assertThat(load.failures).isEmpty();
                Faults.await()
                        .untilAsserted(
                                () -> assertThat(received()).isEqualTo(load.published.get()));
                System.out.printf(
                        "%d rounds: %,d published and %,d read, none failed; sent again after a"
                                + " reset: %d and %d%n",
                        ROUNDS,
                        load.published.get(),
                        load.reads.get(),
                        ingest.resets(),
                        ledger.resets());
            }
        }
    }

    private void define(String token) throws IOException {
        Faults.await()
                .until(
                        () ->
                                ingest.send(
                                                        at ->
                                                                json(
                                                                                at,
                                                                                "/v1/conflicts/rolling",
                                                                                token)
                                                                        .PUT(
                                                                                BodyPublishers
                                                                                        .ofString(
                                                                                                CONFLICT))
                                                                        .build())
                                                .statusCode()
                                        == 202);
    }

    private HttpResponse<String> read() throws IOException {
        return ledger.send(
                at -> HttpRequest.newBuilder(at.resolve("/v1/conflicts/rolling/totals")).build());
    }

    /// How many the ledger says that the south received: one for each event.
    private int received() throws IOException {
        JsonNode parties = json.readTree(read().body()).path("parties");
        return parties.valueStream()
                .filter(party -> party.path("party").asText().equals("SOUTH"))
                .mapToInt(party -> party.at("/totals/0/received/best").asInt())
                .sum();
    }

    private static HttpRequest.Builder json(URI at, String path, String token) {
        return HttpRequest.newBuilder(at.resolve(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json");
    }

    private Replica ingestReplica(Ports ports) {
        var state = new StateDirectory(folder.resolve("system"));
        URI address = URI.create("http://localhost:" + FreePort.any());
        Map<String, String> settings =
                Map.of(
                        "KAFKA_BOOTSTRAP_SERVERS",
                        "127.0.0.1:" + ports.kafka(),
                        "QUARKUS_OIDC_PUBLIC_KEY",
                        Keys.of(state).publicKey(),
                        "QUARKUS_SHUTDOWN_DELAY",
                        DELAY);
        return new Replica(
                address,
                new QuarkusService(
                        "ingest-service", UpScript.REPOSITORY, state, address, settings, probes));
    }

    private record Replica(URI address, QuarkusService service) {}

    /// The one replica that there is, and its successors.
    private static final class Replaced implements AutoCloseable {
        private final Balanced balanced;
        private final Supplier<Replica> replicas;
        private @Nullable Replica current;

        Replaced(Balanced balanced, Supplier<Replica> replicas) {
            this.balanced = balanced;
            this.replicas = replicas;
        }

        /// As a Deployment does that may have one more and none less: the next is started, and only
        /// when callers are sent to it is the one before told to end.
        void replace() {
            Replica next = replicas.get();
            Replica former = current;
            next.service().launch();
            next.service().awaitReady();
            current = next;
            balanced.add(next.address());
            Faults.await().until(() -> balanced.sendsTo(next.address()));
            if (former != null) {
                former.service().stop();
                balanced.remove(former.address());
            }
        }

        @Override
        public void close() {
            if (current != null) {
                current.service().close();
            }
        }
    }

    /// Those who publish and those who read, each when it is due, whoever is still waiting.
    private final class Load implements AutoCloseable {
        private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);
        private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
        private final AtomicInteger begun = new AtomicInteger();
        private final AtomicInteger published = new AtomicInteger();
        private final AtomicInteger reads = new AtomicInteger();
        private final Queue<String> failures = new ConcurrentLinkedQueue<>();
        private final Instant start = Instant.now();
        private final String token;

        Load(String token) {
            this.token = token;
            every(PUBLISHES_PER_SECOND, this::publish);
            every(READS_PER_SECOND, this::look);
        }

        private void every(int perSecond, Runnable call) {
            var _ =
                    clock.scheduleAtFixedRate(
                            () -> callers.execute(call),
                            0,
                            TimeUnit.SECONDS.toNanos(1) / perSecond,
                            TimeUnit.NANOSECONDS);
        }

        private void publish() {
            String id = "rolling-" + begun.incrementAndGet();
            try {
                var answer =
                        ingest.send(
                                at ->
                                        json(at, "/v1/exchanges", token)
                                                .header("Idempotency-Key", id)
                                                .POST(
                                                        BodyPublishers.ofString(
                                                                EXCHANGE.replace("ID", id)))
                                                .build());
                if (answer.statusCode() == 202) {
                    published.incrementAndGet();
                } else {
                    fail("publishing: " + answer.statusCode() + " " + answer.body());
                }
            } catch (IOException failed) {
                fail("publishing: " + failed);
            }
        }

        private void look() {
            try {
                var answer = read();
                reads.incrementAndGet();
                if (answer.statusCode() != 200) {
                    fail("reading: " + answer.statusCode() + " " + answer.body());
                }
            } catch (IOException failed) {
                fail("reading: " + failed);
            }
        }

        private void fail(String what) {
            long seconds = Duration.between(start, Instant.now()).toSeconds();
            failures.add("%d s after the start, %s".formatted(seconds, what));
        }

        /// Returns once all who began are answered.
        @Override
        public void close() {
            clock.shutdownNow();
            callers.close();
        }
    }
}
