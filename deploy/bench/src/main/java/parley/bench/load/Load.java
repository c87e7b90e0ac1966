package parley.bench.load;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import parley.bench.measured.Measured;
import parley.bench.measured.Metric;

/// Callers on so many connections. All of them live on one thread, so that they leave the rest of
/// a small machine to those who answer.
public final class Load implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int DIGITS = 3;

    private final Vertx vertx =
            Vertx.vertx(
                    new VertxOptions()
                            .setEventLoopPoolSize(1)
                            .setBlockedThreadCheckInterval(TimeUnit.MINUTES.toMillis(1)));
    private final NetClient client =
            vertx.createNetClient(
                    new NetClientOptions().setTcpNoDelay(true).setReconnectAttempts(10));

    /// Each connection calls as soon as it was answered, first to warm up and then to be measured.
    public Measured peak(Call call, int connections, Duration duration) {
        run(call, connections, 0, duration);
        return run(call, connections, 0, duration);
    }

    /// So many calls a second, whether or not those before were answered: a call that waits for a
    /// connection is late from the moment it was due. Where all of it takes twice as long as it
    /// should, calls that are still to be made are given up, and count as late as they are.
    ///
    /// The callers' clock ticks once a millisecond, so up to one of each call's is theirs.
    public Measured steady(Call call, int connections, double perSecond, Duration duration) {
        return run(call, connections, perSecond, duration);
    }

    private Measured run(Call call, int connections, double perSecond, Duration duration) {
        var histogram = new Histogram(DIGITS);
        long nanosApart = perSecond == 0 ? 0 : Math.round(connections * 1e9 / perSecond);
        long begun = System.nanoTime();
        long end = begun + duration.toNanos();
        List<Future<?>> done = new ArrayList<>();
        for (int number = 0; number < connections; number++) {
            long firstDue = begun + nanosApart * number / connections;
            Promise<Void> promise = Promise.promise();
            done.add(promise.future());
            client.connect(call.address().getPort(), call.address().getHost())
                    .onFailure(promise::fail)
                    .onSuccess(
                            socket ->
                                    new Caller(
                                                    vertx,
                                                    socket,
                                                    call,
                                                    histogram,
                                                    nanosApart,
                                                    firstDue,
                                                    end,
                                                    end + duration.toNanos(),
                                                    promise)
                                            .begin());
        }
        try {
            Future.all(new ArrayList<>(done))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(PATIENCE.plus(duration).toSeconds(), TimeUnit.SECONDS);
        } catch (Exception failed) {
            throw new IllegalStateException(
                    "Not all calls to %s were answered".formatted(call.address()), failed);
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        return Measured.of(Metric.REQUESTS, histogram.getTotalCount() / seconds)
                .and(Metric.P50, histogram.getValueAtPercentile(50) / 1e6)
                .and(Metric.P99, histogram.getValueAtPercentile(99) / 1e6);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
