package parley.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Replicas of one service, as a Service of Kubernetes gives them to callers: each request goes to
/// one that said to be ready when it was last asked, which is a while ago. Each is asked by itself,
/// and has to fail as often as the chart says.
final class Balanced implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int FAILURES_MAX = 2;
    private static final int ATTEMPTS_MAX = 5;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<URI, Thread> probes = new ConcurrentHashMap<>();
    private final Map<URI, Instant> ready = new ConcurrentHashMap<>(); // since when
    private final AtomicInteger resets = new AtomicInteger();

    /// Knows one more replica, which answers callers once it is ready.
    void add(URI replica) {
        probes.computeIfAbsent(replica, one -> Thread.startVirtualThread(() -> probe(one)));
    }

    /// Asks one no more whether it is ready: it is gone.
    void remove(URI replica) {
        Objects.requireNonNull(probes.remove(replica)).interrupt();
    }

    /// Whether callers have been sent to this one for so long.
    boolean sendsTo(URI replica, Duration time) {
        Instant since = ready.get(replica);
        return since != null && !since.plus(time).isAfter(Instant.now());
    }

    /// How many requests were sent again since their connection ended without an answer, as HTTP
    /// lets one do with a request that is the same when it is sent twice (RFC 9110, 9.2.2).
    int resets() {
        return resets.get();
    }

    HttpResponse<String> send(Function<URI, HttpRequest> request) throws IOException {
        IOException last = new IOException("no replica is ready");
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            List<URI> among = List.copyOf(ready.keySet());
            if (!among.isEmpty()) {
                URI one = among.get(ThreadLocalRandom.current().nextInt(among.size()));
                try {
                    return http.send(request.apply(one), BodyHandlers.ofString());
                } catch (IOException reset) {
                    resets.incrementAndGet();
                    last = reset;
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException(e);
                }
            }
            LockSupport.parkNanos(PAUSE.multipliedBy(attempt + 1L).toNanos());
        }
        throw last;
    }

    private void probe(URI replica) {
        int failures = 0;
        try {
            while (true) {
                String trouble = trouble(replica);
                failures = trouble == null ? 0 : failures + 1;
                if (failures == 0) {
                    ready.putIfAbsent(replica, Instant.now());
                } else if (failures >= FAILURES_MAX && ready.remove(replica) != null) {
                    System.out.printf(
                            "%s: nobody is sent to %s: %s%n", Instant.now(), replica, trouble);
                }
                Thread.sleep(PERIOD);
            }
        } catch (InterruptedException gone) {
            ready.remove(replica);
        }
    }

    /// Why it is not ready; null where it is.
    private @Nullable String trouble(URI replica) throws InterruptedException {
        var request =
                HttpRequest.newBuilder(replica.resolve("/q/health/ready"))
                        .timeout(PATIENCE)
                        .build();
        try {
            var answer = http.send(request, BodyHandlers.ofString());
            return answer.statusCode() == 200 ? null : answer.body();
        } catch (IOException away) {
            return away.toString();
        }
    }

    @Override
    public void close() {
        probes.values().forEach(Thread::interrupt);
        http.shutdownNow();
    }
}
