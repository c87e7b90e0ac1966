package parley.bench.comparisons;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import parley.bench.lab.Labs;
import parley.bench.lab.Ledger;
import parley.bench.lab.LoadedLab;
import parley.bench.measured.Alternation;
import parley.bench.measured.Contender;
import parley.bench.measured.Measured;
import parley.bench.measured.Metric;
import parley.local.GeneratedLog;

/// A catch-up on a log with running totals while somebody follows how they stand to the ledger,
/// against the same with nobody there.
final class Reconciled implements Comparison {
    /// One total for so many events.
    private static final int EVENTS_A_TOTAL = 100;

    private static final String RECONCILIATION =
            "/v1/conflicts/" + GeneratedLog.CONFLICT + "/reconciliation?limit=1";
    private static final int OK = 200;
    private static final Metric ANSWERS = new Metric("answers meanwhile", "");
    private static final Metric CURRENT = new Metric("until current after the last commit", "ms");

    @Override
    public String name() {
        return "reconciled";
    }

    @Override
    public void run(Labs labs, Size size, Alternation alternation) throws Exception {
        int totals = size.events() / EVENTS_A_TOTAL;
        LoadedLab loaded = labs.of(size.events(), totals);
        alternation.run(
                name(),
                "%,d events and %,d totals".formatted(size.events(), totals),
                List.of(
                        new Contender("the reconciliation followed", () -> followed(loaded)),
                        new Contender("nobody there", () -> alone(loaded))));
    }

    private static Measured alone(LoadedLab loaded) throws Exception {
        loaded.lab().checkpoint();
        try (Ledger ledger = loaded.lab().ledger(Map.of())) {
            return Measured.of(Metric.EVENTS, ledger.catchUp(loaded.log().records()).rate());
        }
    }

    /// The rate is that until the reconciliation is current, too.
    private static Measured followed(LoadedLab loaded) throws Exception {
        loaded.lab().checkpoint();
        try (Ledger ledger = loaded.lab().ledger(Map.of())) {
            var follower = new Follower(ledger.address());
            var following = Thread.ofVirtual().start(follower);
            var caughtUp = ledger.catchUp(loaded.log().records());
            follower.isEnough = true;
            following.join();
            long begun = System.nanoTime();
            ledger.get(RECONCILIATION);
            long late = System.nanoTime() - begun;
            return Measured.of(
                            Metric.EVENTS, caughtUp.records() / ((caughtUp.nanos() + late) / 1e9))
                    .and(CURRENT, late / 1e6)
                    .and(ANSWERS, follower.answers.get());
        }
    }

    /// Asks once a second, and listens to findings all the while.
    private static final class Follower implements Runnable {
        private final URI address;
        private volatile boolean isEnough;
        private final AtomicInteger answers = new AtomicInteger();

        Follower(URI address) {
            this.address = address;
        }

        @Override
        public void run() {
            try (HttpClient http = HttpClient.newHttpClient()) {
                boolean isListening = false;
                while (!isEnough) {
                    isListening = isListening || listens(http);
                    ask(http);
                    TimeUnit.SECONDS.sleep(1);
                }
                http.shutdownNow();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        /// Whether there is something to listen to yet.
        private boolean listens(HttpClient http) throws InterruptedException {
            var stream =
                    HttpRequest.newBuilder(address.resolve(Ledger.STREAM + "&tell=findings"))
                            .build();
            try {
                var lines = http.send(stream, BodyHandlers.ofLines());
                if (lines.statusCode() == OK) {
                    Thread.startVirtualThread(() -> drain(lines.body()));
                    return true;
                }
            } catch (IOException notThereYet) {
                // Asked again in a second.
            }
            return false;
        }

        private static void drain(Stream<String> lines) {
            try (lines) {
                lines.forEach(_ -> {});
            } catch (UncheckedIOException ended) {
                // The ledger is gone, or it is enough.
            }
        }

        private void ask(HttpClient http) throws InterruptedException {
            try {
                var ask =
                        HttpRequest.newBuilder(address.resolve(RECONCILIATION))
                                .timeout(Duration.ofMinutes(5))
                                .build();
                if (http.send(ask, BodyHandlers.discarding()).statusCode() == OK) {
                    answers.incrementAndGet();
                }
            } catch (IOException notThereYet) {
                // Asked again in a second.
            }
        }
    }
}
