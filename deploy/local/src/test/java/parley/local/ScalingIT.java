package parley.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import parley.stack.Database;

/// Several replicas of both services on one machine. Only with `-Dparley.replicas=3`, which is how
/// many; `-Dparley.events` is how long the log is by which their throughput is measured.
@EnabledIfSystemProperty(named = "parley.replicas", matches = "[2-9]")
@Isolated("It measures what the machine does.")
class ScalingIT {
    private static final int REPLICAS = Integer.getInteger("parley.replicas", 3);
    private static final int EVENTS = Integer.getInteger("parley.events", 200_000);
    private static final long SEED = Long.getLong("parley.seed", 7);
    /// Eight JVMs share two cores here: more would only wait, each with a connection.
    private static final int PUBLISHES_PER_SECOND = 20;
    private static final int READS_PER_SECOND = 50;
    private static final int PARTITIONS =
            25; // Of the topics of events twelve each, one of conflicts.
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final List<String> TOTALS =
            List.of(
                    "/v1/conflicts/trial/totals",
                    "/v1/conflicts/trial/totals/SOUTH",
                    "/v1/conflicts/trial/timeline?bucket=month",
                    "/v1/exchanges/trial-1",
                    "/v1/exchanges/trial-1/history");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir Path folder;

    private Faults faults;
    private Answers answers;

    @BeforeEach
    void start() {
        faults = new Faults(folder.resolve("system"));
        answers = new Answers(faults.system());
        faults.system().start();
    }

    @AfterEach
    void close() {
        http.shutdownNow();
        answers.close();
        faults.close();
    }

    @Test
    void replicasShareTheLogOutStandInForOneThatIsKilledAndAgree() throws Exception {
        LocalSystem system = faults.system();
        var database = faults.fresh();
        try (var ingest = new Balanced();
                var ledger = new Balanced();
                var publishing = new Replicas(ingest, _ -> faults.ingest(Map.of()));
                var reading = new Replicas(ledger, number -> ledger(number, database));
                var shares = shares(database);
                var load = new Load("trial", ingest, ledger)) {
            publishing.launch(REPLICAS);
            reading.launch(REPLICAS);
            load.define(system.token("editor"));
            awaitShares(shares, REPLICAS);
            System.out.println("shared out: " + sizes(shares.now()));

            load.start(system.token("publisher"), PUBLISHES_PER_SECOND, READS_PER_SECOND);
            awaitReadOn(load);
            publishing.kill();
            reading.kill();
            long killed = System.nanoTime();
            awaitShares(shares, REPLICAS - 1);
            System.out.printf(
                    "one killed, its share taken over after %.1f s: %s%n",
                    seconds(killed), sizes(shares.now()));
            awaitReadOn(load);
            Faults.await().until(() -> load.received() >= load.published());
            System.out.printf("at the head of the log again after %.1f s%n", seconds(killed));
            publishing.launch(1);
            reading.launch(1);
            awaitShares(shares, REPLICAS);
            awaitReadOn(load);
            load.stop();

            assertThat(load.failures()).isEmpty();
            assertThat(load.positionsToldByMany()).isPositive();
            faults.recordsOnTheLog(answers);
            String head = answers.get(TOTALS.getFirst()).path("position").asText();
            for (String path : TOTALS) {
                var undisturbed = at(system.ledger(), path, head);
                for (Replica replica : reading.all) {
                    assertThat(at(replica.address(), path, head)).as(path).isEqualTo(undisturbed);
                }
            }
            assertThat(load.received()).isEqualTo(load.published());
            System.out.printf(
                    "%,d published, %,d read; %,d positions told by more than one replica, always the"
                            + " same; sent again after a reset: %d and %d%n",
                    load.published(),
                    load.reads(),
                    load.positionsToldByMany(),
                    ingest.resets(),
                    ledger.resets());
        }
    }

    @Test
    void theBooksAreTheSameHoweverManyReplicasReadTheLogAndTheirThroughputIsPrinted()
            throws Exception {
        var log = GeneratedLog.write(folder.resolve("log.ndjson"), SEED, EVENTS);
        publish(faults.system().ingest(), log);
        long all = faults.recordsOnTheLog(answers, PATIENCE);
        var expected = Digest.of(answers, faults.system().ledger());
        for (int replicas = 1; replicas <= REPLICAS; replicas++) {
            catchUp(replicas, all, expected);
        }
        long ledger = faults.system().process(Member.LEDGER_SERVICE).pid();
        Signal.send("STOP", ledger); // It would read what is published now, on the same cores.
        try (var ingest = new Balanced();
                var publishing = new Replicas(ingest, _ -> faults.ingest(Map.of()))) {
            publishing.launch(REPLICAS);
            publishToAll(publishing.all, log); // Warm.
            for (int replicas = 1; replicas <= REPLICAS; replicas++) {
                double seconds = publishToAll(publishing.all.subList(0, replicas), log);
                System.out.printf(
                        "%d of ingest-service, a stream to each: %,.0f events/s together%n",
                        replicas, replicas * EVENTS / seconds);
            }
        } finally {
            Signal.send("CONT", ledger);
        }
    }

    private void catchUp(int replicas, long all, Digest expected) throws Exception {
        var database = faults.fresh();
        try (var ledger = new Balanced();
                var reading = new Replicas(ledger, number -> ledger(number, database));
                var shares = shares(database)) {
            long launched = System.nanoTime();
            reading.start(replicas);
            awaitShares(shares, replicas);
            long shared = System.nanoTime();
            long before = Math.max(0, Faults.progress(database));
            Faults.await().atMost(PATIENCE).until(() -> Faults.progress(database) == all);
            System.out.printf(
                    "%d of ledger-service: %,.0f events/s from when all had a share, %.1f s from"
                            + " their start to the head of the log%n",
                    replicas, (all - before) / seconds(shared), seconds(launched));
            reading.awaitReady();

            for (Replica replica : reading.all) {
                assertThat(Digest.of(answers, replica.address())).isEqualTo(expected);
            }
        }
    }

    private Replica ledger(int number, Database database) {
        return faults.ledger(
                        "replica-" + number,
                        database,
                        Map.of(
                                "KAFKA_CLIENT_ID",
                                "replica-" + number,
                                "PARLEY_LEDGER_INTAKE_BATCH_RECORDS_MAX",
                                "5000"))
                .replica();
    }

    private Shares shares(Database database) {
        return new Shares(faults.ports(), database.user() + "-1");
    }

    /// Until so many have a share each, and all of them together every partition once.
    private static void awaitShares(Shares shares, int replicas) {
        Faults.await()
                .ignoreExceptionsInstanceOf(ExecutionException.class)
                .until(
                        () -> {
                            Collection<Set<TopicPartition>> now = shares.now().values();
                            var together = new HashSet<TopicPartition>();
                            now.forEach(together::addAll);
                            return now.size() == replicas
                                    && now.stream().noneMatch(Set::isEmpty)
                                    && now.stream().mapToInt(Set::size).sum() == PARTITIONS
                                    && together.size() == PARTITIONS;
                        });
    }

    private static Map<String, Integer> sizes(Map<String, Set<TopicPartition>> shares) {
        var sizes = new TreeMap<String, Integer>();
        shares.forEach((replica, share) -> sizes.put(replica, share.size()));
        return sizes;
    }

    /// Until what was published by now is read.
    private static void awaitReadOn(Load load) {
        int then = load.published();
        Faults.await().until(() -> load.received() > then);
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private record Said(String tag, String body) {}

    /// What one says of a path when he has read so far.
    private Said at(URI ledger, String path, String position) throws Exception {
        var request =
                HttpRequest.newBuilder(ledger.resolve(path))
                        .header("Ledger-Position", position)
                        .build();
        var answer = http.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new Said(answer.headers().firstValue("ETag").orElseThrow(), answer.body());
    }

    /// Returns after how many seconds each has taken the whole log.
    private double publishToAll(List<Replica> replicas, Path log) {
        long begun = System.nanoTime();
        try (var publishers = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture.allOf(
                            replicas.stream()
                                    .map(
                                            replica ->
                                                    CompletableFuture.runAsync(
                                                            () -> publish(replica.address(), log),
                                                            publishers))
                                    .toArray(CompletableFuture<?>[]::new))
                    .join();
        }
        return seconds(begun);
    }

    private void publish(URI ingest, Path log) {
        try {
            var answer =
                    answers.send(
                            HttpRequest.newBuilder(ingest.resolve("/v1/events"))
                                    .header(
                                            "Authorization",
                                            "Bearer " + faults.system().token("editor"))
                                    .header("Content-Type", "application/x-ndjson")
                                    .POST(BodyPublishers.ofFile(log))
                                    .build());
            assertThat(answers.read(answer.body()).path("accepted").asInt())
                    .as(answer.body())
                    .isEqualTo(EVENTS + 1);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Those of one service, each made by its number.
    private static final class Replicas implements AutoCloseable {
        private final Balanced balanced;
        private final IntFunction<Replica> made;
        private final List<Replica> all = new ArrayList<>();
        private int started;

        Replicas(Balanced balanced, IntFunction<Replica> made) {
            this.balanced = balanced;
            this.made = made;
        }

        /// So many more, all at once.
        void start(int more) {
            for (int number = 0; number < more; number++) {
                Replica replica = made.apply(++started);
                all.add(replica);
                replica.service().launch();
            }
        }

        void awaitReady() {
            all.forEach(replica -> replica.service().awaitReady());
        }

        /// So many more; returns when callers are sent to them.
        void launch(int more) {
            start(more);
            awaitReady();
            all.forEach(replica -> balanced.add(replica.address()));
            Faults.await()
                    .until(
                            () ->
                                    all.stream()
                                            .allMatch(
                                                    it ->
                                                            balanced.sendsTo(
                                                                    it.address(), Duration.ZERO)));
        }

        void kill() {
            all.removeFirst().service().kill();
        }

        @Override
        public void close() {
            all.forEach(Replica::close);
        }
    }
}
