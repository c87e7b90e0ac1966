package parley.bench.load;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
        run(call, connections, 0, Duration.ZERO, duration);
        return run(call, connections, 0, Duration.ZERO, duration);
    }

    /// So many calls a second, whether or not those before were answered: a call that waits for a
    /// connection is late from the moment it was due. Where all of it takes twice as long as it
    /// should, calls that are still to be made are given up, and count as late as they are.
    ///
    /// The callers' clock ticks once a millisecond, so up to one of each call's is theirs.
    ///
    /// @param warmUp how long the calls are made before they count
    public Measured steady(
            Call call, int connections, double perSecond, Duration warmUp, Duration duration) {
        return run(call, connections, perSecond, warmUp, duration);
    }

    /// The clock runs from when all connections are open: no call was late for that.
    private Measured run(
            Call call, int connections, double perSecond, Duration warmUp, Duration duration) {
        var histogram = new Histogram(DIGITS);
        long nanosApart = perSecond == 0 ? 0 : Math.round(connections * 1e9 / perSecond);
        List<Future<Caller>> opened =
                IntStream.range(0, connections).mapToObj(_ -> open(call, histogram)).toList();
        await(Future.all(opened), PATIENCE, "Not all connections to %s could be opened", call);
        long begun = System.nanoTime();
        long countedFrom = begun + warmUp.toNanos();
        long end = countedFrom + duration.toNanos();
        var schedule = new Caller.Schedule(nanosApart, countedFrom, end, end + (end - begun));
        List<Caller> callers = opened.stream().map(Future::result).toList();
        vertx.runOnContext(
                _ -> {
                    for (int number = 0; number < connections; number++) {
                        callers.get(number)
                                .begin(schedule, begun + nanosApart * number / connections);
                    }
                });
        await(
                Future.all(callers.stream().map(Caller::done).toList()),
                PATIENCE.plus(warmUp).plus(duration),
                "Not all calls to %s were answered",
                call);
        if (histogram.getTotalCount() == 0) {
            throw new IllegalStateException("No call to %s counted".formatted(call.address()));
        }
        double seconds = (System.nanoTime() - countedFrom) / 1e9;
        return Measured.of(Metric.REQUESTS, histogram.getTotalCount() / seconds)
                .and(Metric.P50, histogram.getValueAtPercentile(50) / 1e6)
                .and(Metric.P99, histogram.getValueAtPercentile(99) / 1e6);
    }

    private Future<Caller> open(Call call, Histogram histogram) {
        return client.connect(call.address().getPort(), call.address().getHost())
                .map(socket -> new Caller(vertx, socket, call, histogram));
    }

    private static void await(Future<?> future, Duration patience, String failure, Call call) {
        try {
            future.toCompletionStage()
                    .toCompletableFuture()
                    .get(patience.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception failed) {
            throw new IllegalStateException(failure.formatted(call.address()), failed);
        }
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
