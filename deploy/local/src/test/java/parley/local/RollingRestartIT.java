package parley.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// Both services replaced, one replica after another, while newsrooms publish and dashboards read;
/// then PostgreSQL is killed and comes back. Only with `-Dparley.rounds=10`, which is how often: it
/// wants a machine of its own for some minutes.
@EnabledIfSystemProperty(named = "parley.rounds", matches = "\\d+")
@Isolated("It wants the machine for itself.")
class RollingRestartIT {
    private static final int ROUNDS = Integer.getInteger("parley.rounds", 1);
    private static final int PUBLISHES_PER_SECOND = 200;
    private static final int READS_PER_SECOND = 500;
    /// Half of what the chart gives.
    private static final String DELAY = "5S";

    /// As the chart says (`minReadySeconds`).
    private static final Duration MIN_READY = Duration.ofSeconds(10);

    private static final int TRAINING_READS = 2_000;

    private static final Map<String, String> OF_A_LEDGER =
            Map.of("PARLEY_LEDGER_INTAKE_BATCH_RECORDS_MAX", "5000");

    private final Balanced ingest = new Balanced();
    private final Balanced ledger = new Balanced();

    @TempDir Path folder;

    @Test
    void nobodyIsFailedAndNothingIsLostOrCountedTwice() throws Exception {
        var faults = new Faults(folder.resolve("system"));
        try (faults;
                ingest;
                ledger) {
            LocalSystem system = faults.system();
            system.start();
            List<Long> others =
                    Stream.of(Member.INGEST_SERVICE, Member.LEDGER_SERVICE)
                            .map(it -> system.process(it).pid())
                            .toList();
            others.forEach(it -> Signal.send("STOP", it)); // They would share the cores.
            var database = faults.fresh();
            Function<Map<String, String>, Replica> ingestion = faults::ingest;
            Function<Map<String, String>, Replica> reading =
                    more -> {
                        var settings = new HashMap<>(OF_A_LEDGER);
                        settings.putAll(more);
                        return faults.ledger("rolling", database, settings).replica();
                    };
            String publisher = system.token("publisher");
            train(ingestion, reading, system.token("editor"), publisher);
            try (var ingests = new Replaced(ingest, () -> ingestion.apply(trained("ingest")));
                    var ledgers = new Replaced(ledger, () -> reading.apply(trained("ledger")));
                    var load = new Load("trial", ingest, ledger)) {
                ingests.replace();
                ledgers.replace();
                int before = load.received(); // in training

                load.start(publisher, PUBLISHES_PER_SECOND, READS_PER_SECOND);
                for (int round = 0; round < ROUNDS; round++) {
                    ingests.replace();
                    ledgers.replace();
                }
                ProcessHandle killed = system.process(Member.POSTGRES);
                killed.destroyForcibly();
                Faults.await()
                        .ignoreExceptions()
                        .until(() -> system.process(Member.POSTGRES).pid() != killed.pid());
                int then = before + load.published();
                Faults.await().until(() -> load.received() > then);
                load.stop();

                assertThat(load.failures()).isEmpty();
                Faults.await()
                        .untilAsserted(
                                () ->
                                        assertThat(load.received() - before)
                                                .isEqualTo(load.published()));
                System.out.printf(
                        "%d rounds: %,d published and %,d read, none failed; sent again after a"
                                + " reset: %d and %d%n",
                        ROUNDS, load.published(), load.reads(), ingest.resets(), ledger.resets());
            } finally {
                others.forEach(it -> Signal.send("CONT", it));
            }
        }
    }

    /// Makes the JDK's cache of classes that an image has, by a run of each service.
    private void train(
            Function<Map<String, String>, Replica> ingestion,
            Function<Map<String, String>, Replica> reading,
            String editor,
            String publisher)
            throws IOException {
        try (var oneIngest = ingestion.apply(options("-XX:AOTCacheOutput=" + cache("ingest")));
                var oneLedger = reading.apply(options("-XX:AOTCacheOutput=" + cache("ledger")));
                var ingests = new Balanced();
                var ledgers = new Balanced();
                var load = new Load("training", ingests, ledgers)) {
            for (Replica one : List.of(oneIngest, oneLedger)) {
                one.service().launch();
                one.service().awaitReady();
            }
            ingests.add(oneIngest.address());
            ledgers.add(oneLedger.address());
            load.define(editor);
            load.start(publisher, PUBLISHES_PER_SECOND, READS_PER_SECOND);
            Faults.await().until(() -> load.reads() > TRAINING_READS);
            load.stop();
            oneIngest.service().stop();
            oneLedger.service().stop();
        }
        assertThat(cache("ingest")).exists();
        assertThat(cache("ledger")).exists();
    }

    private Path cache(String name) {
        return folder.resolve(name + ".aot");
    }

    private Map<String, String> trained(String name) {
        var settings = new HashMap<>(options("-XX:AOTCache=" + cache(name)));
        settings.put("QUARKUS_SHUTDOWN_DELAY", DELAY);
        return settings;
    }

    /// Compiled no further than in the other tests here: six JVMs on two cores, of which each new
    /// one lives for half a minute, do little else otherwise.
    private static Map<String, String> options(String options) {
        return Map.of("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 " + options);
    }

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
        /// when callers have been sent to it for a while, until which it is cold, is the one before
        /// told to end.
        void replace() {
            Replica next = replicas.get();
            Replica former = current;
            next.service().launch();
            next.service().awaitReady();
            current = next;
            balanced.add(next.address());
            Faults.await().until(() -> balanced.sendsTo(next.address(), MIN_READY));
            if (former != null) {
                former.service().stop();
                balanced.remove(former.address());
            }
        }

        @Override
        public void close() {
            if (current != null) {
                current.close();
            }
        }
    }
}
