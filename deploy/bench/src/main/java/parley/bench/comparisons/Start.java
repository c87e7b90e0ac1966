package parley.bench.comparisons;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import parley.bench.lab.Labs;
import parley.bench.lab.Ledger;
import parley.bench.lab.LoadedLab;
import parley.bench.load.Call;
import parley.bench.load.Load;
import parley.bench.measured.Alternation;
import parley.bench.measured.Contender;
import parley.bench.measured.Measured;
import parley.bench.measured.Metric;

/// From the start of the process to its readiness, on a short log that it has read before.
///
/// The cache is one of the JDK's ahead-of-time caches, made here by a run that reads the log and
/// answers readers. A JVM that cannot use it ends, rather than be measured without.
final class Start implements Comparison {
    private static final int EVENTS = 1_000;
    private static final int CONNECTIONS = 16;
    private static final int OK = 200;
    private static final Metric READY = new Metric("to ready", "s");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Override
    public String name() {
        return "start";
    }

    @Override
    public void run(Labs labs, Size size, Alternation alternation) throws Exception {
        LoadedLab loaded = labs.of(EVENTS);
        Path cache = loaded.lab().folder().resolve("ledger.aot");
        train(loaded, cache, size);
        for (int cores : size.cores()) {
            String limit = "-XX:ActiveProcessorCount=" + cores;
            String cached = limit + " -XX:AOTMode=on -XX:AOTCache=" + cache;
            alternation.run(
                    name(),
                    "to ready, told of %d core(s)".formatted(cores),
                    List.of(
                            new Contender("with a cache", () -> start(loaded, cached)),
                            new Contender("without", () -> start(loaded, limit))));
        }
    }

    private static void train(LoadedLab loaded, Path cache, Size size) throws Exception {
        try (Ledger ledger = loaded.lab().ledger(options("-XX:AOTCacheOutput=" + cache));
                var load = new Load()) {
            ledger.service().start();
            Call call = Call.get(ledger.address().resolve(Ledger.TOTALS), Map.of(), OK);
            load.peak(call, CONNECTIONS, size.loadFor());
            ledger.stop();
        }
        if (!Files.exists(cache)) {
            throw new IOException("The JDK has made no cache; the log of the service says why");
        }
    }

    private static Measured start(LoadedLab loaded, String options) throws Exception {
        try (Ledger ledger = loaded.lab().ledger(options(options))) {
            ledger.service().start();
            ledger.stop();
            long begun = System.nanoTime();
            ledger.service().launch();
            awaitReady(loaded.lab().http(), ledger.address());
            return Measured.of(READY, (System.nanoTime() - begun) / 1e9)
                    .and(Metric.MEMORY, ledger.peakMemory());
        }
    }

    private static Map<String, String> options(String options) {
        return Map.of("JAVA_TOOL_OPTIONS", options);
    }

    private static void awaitReady(HttpClient http, URI service)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(service.resolve("/q/health/ready")).build();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            if (isReady(http, request)) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
        throw new IOException("The service does not become ready");
    }

    private static boolean isReady(HttpClient http, HttpRequest request)
            throws InterruptedException {
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == OK;
        } catch (IOException notYet) {
            return false;
        }
    }
}
