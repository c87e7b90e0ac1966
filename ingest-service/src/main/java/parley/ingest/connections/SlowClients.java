package parley.ingest.connections;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.AttributeKey;
import io.quarkus.netty.MainEventLoopGroup;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// Shuts out whoever keeps a connection and does not get on. A time limit for each read, which the
/// server has, is met by a byte now and then, for ever, and ends a connection that only rests in a
/// client's pool, perhaps just when it is used again.
///
/// Looks at all connections once a second, since nobody tells of one that has sent no request.
@Singleton
final class SlowClients {
    private static final AttributeKey<Conversation> CONVERSATION =
            AttributeKey.valueOf(Conversation.class, "conversation");

    /// Who sends more than that is not worth keeping a connection for.
    private static final int UNREAD_BYTES_MAX = 2 << 20;

    /// Before everything else that handles requests.
    private static final int FIRST = 1_000;

    private final EventLoopGroup loops;
    private final ConnectionsConfig config;
    private final List<Future<?>> rounds = new ArrayList<>();

    SlowClients(@MainEventLoopGroup EventLoopGroup loops, ConnectionsConfig config) {
        this.loops = loops;
        this.config = config;
    }

    void listen(@Observes Filters filters) {
        filters.register(this::begin, FIRST);
    }

    void start(@Observes StartupEvent start) {
        loops.forEach(
                loop -> {
                    if (loop instanceof SingleThreadEventLoop connections) {
                        rounds.add(
                                loop.scheduleWithFixedDelay(
                                        () -> shutOut(connections), 1, 1, TimeUnit.SECONDS));
                    }
                });
    }

    void stop(@Observes ShutdownEvent stop) {
        rounds.forEach(round -> round.cancel(false));
    }

    private void begin(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        if (request.connection() instanceof ConnectionBase connection) {
            Channel channel = connection.channel();
            Conversation conversation = conversation(channel);
            conversation.begin(routing);
            RequestsAhead.of(channel);
            routing.addEndHandler(
                    _ -> {
                        conversation.answered(request);
                        channel.eventLoop()
                                .execute(
                                        () -> {
                                            readOut(request);
                                            RequestsAhead.answered(channel);
                                        });
                    });
        }
        onceRead(routing);
    }

    /// Who does not read what he was answered gets no further answer: it would be kept here.
    private static void onceRead(RoutingContext routing) {
        HttpServerResponse response = routing.response();
        if (response.writeQueueFull()) {
            response.drainHandler(
                    _ -> {
                        response.drainHandler(null); // Else it would go on each time.
                        routing.next();
                    });
        } else {
            routing.next();
        }
    }

    /// A request that nobody reads to its end is held back, and would never seem to have one.
    private static void readOut(HttpServerRequest answered) {
        if (!answered.isEnded()) {
            answered.handler(
                    _ -> {
                        if (answered.bytesRead() > UNREAD_BYTES_MAX) {
                            answered.pause();
                        }
                    });
            answered.resume();
        }
    }

    private void shutOut(SingleThreadEventLoop connections) {
        var overdue = new ArrayList<Channel>();
        connections
                .registeredChannelsIterator()
                .forEachRemaining(
                        channel -> {
                            // Those without a parent we have opened ourselves.
                            if (channel.parent() != null
                                    && conversation(channel).isOverdue(channel.isWritable())) {
                                overdue.add(channel);
                            }
                        });
        overdue.forEach(SlowClients::close);
    }

    /// The server would first write out all there is, which who does not read keeps it from.
    private static void close(Channel channel) {
        var _ = channel.isWritable() ? channel.close() : channel.pipeline().firstContext().close();
    }

    private Conversation conversation(Channel channel) {
        var attribute = channel.attr(CONVERSATION);
        var known = attribute.get();
        if (known == null) {
            known = new Conversation(config);
            attribute.set(known);
        }
        return known;
    }
}
