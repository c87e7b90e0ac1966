package parley.bench.load;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import parley.contract.LogPosition;

/// Those who wait to be told that the totals have changed, each on a connection of his own, and a
/// newsroom that changes them. All of them live on one thread, as in a [Load].
public final class Audience implements AutoCloseable {
    private static final int OK = 200;
    private static final Pattern POSITION = Pattern.compile("(?i)\r\nledger-position: *([^\r]+)");

    private final Vertx vertx =
            Vertx.vertx(
                    new VertxOptions()
                            .setEventLoopPoolSize(1)
                            .setBlockedThreadCheckInterval(TimeUnit.MINUTES.toMillis(1)));
    private final NetClient client =
            vertx.createNetClient(
                    new NetClientOptions().setTcpNoDelay(true).setReconnectAttempts(10));
    private final int watchers;
    private volatile Round round;
    private volatile @Nullable Throwable failure;

    private Audience(int watchers) {
        this.watchers = watchers;
        this.round = new Round(watchers);
        vertx.exceptionHandler(this::fail);
    }

    /// How one of those who wait comes to his connection.
    private interface Seat {
        Watcher of(NetSocket socket, Call call, Watcher.Ear ear);
    }

    /// Returns when each has a stream of server-sent events, and was told what holds.
    public static Audience listening(URI stream, int watchers) {
        return open(stream, watchers, Watcher.Listening::new);
    }

    /// Returns when each was answered once. They ask again with the tag of the answer, and wait.
    ///
    /// @param totals with how long to wait
    public static Audience polling(URI totals, int watchers) {
        return open(totals, watchers, Watcher.Polling::new);
    }

    private static Audience open(URI address, int watchers, Seat seat) {
        var audience = new Audience(watchers);
        try {
            audience.round.answered(LogPosition.START);
            for (int number = 0; number < watchers; number++) {
                audience.admit(Call.get(address, Map.of(), OK), seat);
            }
            audience.round.await();
            return audience;
        } catch (RuntimeException failed) {
            audience.close();
            throw failed;
        }
    }

    private void admit(Call call, Seat seat) {
        connect(
                call,
                socket -> {
                    Watcher watcher = seat.of(socket, call, (who, what) -> round.told(who, what));
                    socket.handler(watcher::take);
                    socket.closeHandler(
                            _ -> fail(new IllegalStateException("A watcher is cut off")));
                    watcher.begin();
                });
    }

    /// Publishes by a call, and returns when everybody has been told totals that cover what the
    /// answer says of it.
    ///
    /// @return for each of them the nanoseconds from the answer; 0 where he was told before it
    public Histogram publish(Call call) {
        if (failure != null) {
            throw new IllegalStateException("Nobody is told any more", failure);
        }
        var next = new Round(watchers);
        round = next;
        connect(
                call,
                socket -> {
                    var responses = new Responses();
                    socket.handler(
                            arrived -> {
                                if (responses.isWhole(arrived)) {
                                    next.answered(position(responses, call.expectedStatus()));
                                    socket.close();
                                }
                            });
                    socket.write(call.buffer());
                });
        return next.await();
    }

    private static LogPosition position(Responses responses, int expectedStatus) {
        if (responses.status() != expectedStatus) {
            throw new IllegalStateException(responses.text());
        }
        return LogPosition.parse(responses.found(POSITION));
    }

    private void connect(Call call, Handler<NetSocket> connected) {
        client.connect(call.address().getPort(), call.address().getHost())
                .onFailure(this::fail)
                .onSuccess(
                        socket -> {
                            socket.exceptionHandler(this::fail);
                            connected.handle(socket);
                        });
    }

    private void fail(Throwable why) {
        failure = why;
        round.fail(why);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
