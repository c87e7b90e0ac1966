package parley.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/// Replicas of one service, as a Service of Kubernetes gives them to callers: each request goes to
/// one that said to be ready when it was last asked, which is a while ago.
final class Balanced implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int ATTEMPTS_MAX = 5;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Set<URI> replicas = ConcurrentHashMap.newKeySet();
    private final AtomicReference<List<URI>> ready = new AtomicReference<>(List.of());
    private final AtomicInteger resets = new AtomicInteger();
    private final ScheduledExecutorService prober = Executors.newSingleThreadScheduledExecutor();

    Balanced() {
        var _ =
                prober.scheduleWithFixedDelay(
                        this::probe, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Knows one more replica, which answers callers once it is ready.
    void add(URI replica) {
        replicas.add(replica);
    }

    /// Asks one no more whether it is ready: it is gone.
    void remove(URI replica) {
        replicas.remove(replica);
    }

    /// Whether callers are sent to this one.
    boolean sendsTo(URI replica) {
        return ready.get().contains(replica);
    }

    /// How many requests were sent again since their connection ended without an answer, as HTTP
    /// lets one do with a request that is the same when it is sent twice (RFC 9110, 9.2.2).
    int resets() {
        return resets.get();
    }

    HttpResponse<String> send(Function<URI, HttpRequest> request) throws IOException {
        IOException last = new IOException("no replica is ready");
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            List<URI> among = ready.get();
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

    private void probe() {
        ready.set(replicas.stream().filter(this::isReady).toList());
    }

    private boolean isReady(URI replica) {
        var request =
                HttpRequest.newBuilder(replica.resolve("/q/health/ready"))
                        .timeout(PATIENCE)
                        .build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException away) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        prober.shutdownNow();
        http.shutdownNow();
    }
}
