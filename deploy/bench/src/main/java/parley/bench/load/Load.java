package parley.bench.load;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import parley.bench.measured.Measured;
import parley.bench.measured.Metric;

/// Callers on so many connections. All of them live on one thread, so that they leave the rest of
/// a small machine to those who answer.
public final class Load implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int DIGITS = 3;
    private static final int WARM_UP_PART = 10;

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
    /// The first tenth is to warm up, and not counted. The callers' clock ticks once a millisecond,
    /// so up to one of each call's is theirs.
    public Measured steady(Call call, int connections, double perSecond, Duration duration) {
        return run(call, connections, perSecond, duration);
    }

    /// The clock runs from when all connections are open: what they take is nobody's call.
    private Measured run(Call call, int connections, double perSecond, Duration duration) {
        var histogram = new Histogram(DIGITS);
        long nanosApart = perSecond == 0 ? 0 : Math.round(connections * 1e9 / perSecond);
        List<Future<NetSocket>> opened =
                Stream.generate(() -> open(call.address())).limit(connections).toList();
        await(Future.all(opened), PATIENCE, call);
        long begun = System.nanoTime();
        long nanos = duration.toNanos();
        long counted = perSecond == 0 ? begun : begun + nanos / WARM_UP_PART;
        var schedule = new Caller.Schedule(nanosApart, counted, begun + nanos, begun + 2 * nanos);
        var done = new ArrayList<Future<Void>>();
        for (int number = 0; number < connections; number++) {
            Promise<Void> promise = Promise.promise();
            done.add(promise.future());
            var caller =
                    new Caller(
                            vertx,
                            opened.get(number).result(),
                            call,
                            histogram,
                            schedule,
                            begun + nanosApart * number / connections,
                            promise);
            vertx.runOnContext(_ -> caller.begin());
        }
        await(Future.all(done), PATIENCE.plus(duration), call);
        double seconds = (System.nanoTime() - counted) / 1e9;
        return Measured.of(Metric.REQUESTS, histogram.getTotalCount() / seconds)
                .and(Metric.P50, histogram.getValueAtPercentile(50) / 1e6)
                .and(Metric.P99, histogram.getValueAtPercentile(99) / 1e6);
    }

    private Future<NetSocket> open(URI address) {
        return client.connect(address.getPort(), address.getHost());
    }

    private static void await(Future<?> future, Duration patience, Call call) {
        try {
            future.toCompletionStage()
                    .toCompletableFuture()
                    .get(patience.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception failed) {
            throw new IllegalStateException(
                    "Not all calls to %s were answered".formatted(call.address()), failed);
        }
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
