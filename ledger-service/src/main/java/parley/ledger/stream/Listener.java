package parley.ledger.stream;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import parley.contract.LogPosition;
import parley.ledger.views.Asked;
import parley.ledger.views.PositionWatch;

/// One who listens to a conflict.
///
/// Each event is made when the one before it has been sent: nothing is queued for who reads slowly,
/// and who takes nothing any more is cut off.
abstract class Listener {
    private static final Logger LOG = Logger.getLogger(Listener.class);

    private static final Duration REST = Duration.ofSeconds(1);
    private static final long RECONNECT_MILLIS = 2_000;

    private final PositionWatch watch;
    private final Sse sse;
    private final Line line;
    private final Duration heartbeat;
    private @Nullable Asked read;
    private long sent = System.nanoTime();

    /// @param line what he is told over
    /// @param heartbeat how long it may be silent
    Listener(PositionWatch watch, Sse sse, Line line, Duration heartbeat) {
        this.watch = watch;
        this.sse = sse;
        this.line = line;
        this.heartbeat = heartbeat;
    }

    /// What there is to tell.
    ///
    /// @param read when it was known to be all; null: there is more to look at
    record News(@Nullable Asked read, Optional<OutboundSseEvent> event) {}

    /// What there is to tell as the books stand.
    abstract Uni<News> news();

    /// Ends when the service is about to go: he comes again by himself, to another replica.
    Multi<OutboundSseEvent> listen() {
        return Multi.createBy()
                .repeating()
                .uni(this::next)
                .whilst(_ -> !watch.isLetGo())
                .filter(Optional::isPresent)
                .map(Optional::get)
                .invoke(
                        _ -> {
                            sent = System.nanoTime();
                            line.mustBeTakenWithin(heartbeat.multipliedBy(2));
                        })
                .onTermination()
                .invoke(line::taken);
    }

    /// What is to be sent next, if that is anything.
    private Uni<Optional<OutboundSseEvent>> next() {
        line.taken();
        Asked last = read;
        if (last == null) {
            return told();
        }
        Duration patience = heartbeat.minusNanos(System.nanoTime() - sent);
        return patience.isPositive()
                ? watch.moved(last, patience).chain(moved -> moved ? told() : heartbeat())
                : heartbeat();
    }

    private Uni<Optional<OutboundSseEvent>> told() {
        return news().invoke(it -> read = it.read)
                .map(News::event)
                .onFailure()
                .recoverWithUni(this::rest);
    }

    /// What says that the line is not dead. With a position it moves `Last-Event-ID`, too: by the
    /// standard, an `id` without data does so, and is no event.
    OutboundSseEvent sign(@Nullable LogPosition position) {
        OutboundSseEvent.Builder sign = sse.newEventBuilder().comment("");
        return position == null ? sign.build() : sign.id(position.toString()).build();
    }

    /// What is sent to who has heard nothing for as long as he may.
    OutboundSseEvent silence() {
        return sign(null);
    }

    OutboundSseEvent event(String name, LogPosition position, String json) {
        return sse.newEventBuilder()
                .name(name)
                .id(position.toString())
                .reconnectDelay(RECONNECT_MILLIS)
                .mediaType(MediaType.TEXT_PLAIN_TYPE)
                .data(json)
                .build();
    }

    /// The books are away: he listens on, and hears when they are back.
    private Uni<Optional<OutboundSseEvent>> rest(Throwable away) {
        LOG.debug("The books cannot be read now", away);
        return heartbeat().onItem().delayIt().by(REST);
    }

    private Uni<Optional<OutboundSseEvent>> heartbeat() {
        return Uni.createFrom().item(() -> Optional.of(silence()));
    }
}
