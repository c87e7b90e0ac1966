package parley.ledger.stream;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import parley.contract.LogPosition;
import parley.ledger.stream.LiveTotals.Snapshot;
import parley.ledger.views.Asked;
import parley.ledger.views.PositionWatch;

/// One who listens to a conflict.
///
/// Each event is made when the one before it has been sent: whoever reads slowly misses what came
/// between, never the newest, and nothing is queued for him.
final class Listener {
    private static final Logger LOG = Logger.getLogger(Listener.class);

    /// What is silent for longer, somebody in between may take for dead.
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration REST = Duration.ofSeconds(1);
    private static final long RECONNECT_MILLIS = 2_000;

    private final String conflict;
    private final LiveTotals totals;
    private final PositionWatch watch;
    private final Sse sse;
    private @Nullable LogPosition told;
    private @Nullable Asked read;

    /// @param told the position of the last event that was received before, or null
    Listener(
            String conflict,
            @Nullable LogPosition told,
            LiveTotals totals,
            PositionWatch watch,
            Sse sse) {
        this.conflict = conflict;
        this.told = told;
        this.totals = totals;
        this.watch = watch;
        this.sse = sse;
    }

    Multi<OutboundSseEvent> listen() {
        return Multi.createBy().repeating().uni(this::next).indefinitely();
    }

    private Uni<OutboundSseEvent> next() {
        Asked last = read;
        return last == null
                ? news()
                : watch.moved(last, HEARTBEAT)
                        .chain(moved -> moved ? news() : Uni.createFrom().item(heartbeat()));
    }

    private Uni<OutboundSseEvent> news() {
        return Uni.createFrom()
                .item(() -> totals.of(conflict))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .chain(this::tell)
                .onFailure()
                .recoverWithUni(this::rest);
    }

    private Uni<OutboundSseEvent> tell(Snapshot snapshot) {
        read = snapshot.read();
        LogPosition before = told;
        if (before != null && before.covers(snapshot.since())) {
            return next();
        }
        told = snapshot.read().position();
        return Uni.createFrom()
                .item(
                        sse.newEventBuilder()
                                .name("totals")
                                .id(snapshot.read().position().toString())
                                .reconnectDelay(RECONNECT_MILLIS)
                                .mediaType(MediaType.TEXT_PLAIN_TYPE)
                                .data(snapshot.text())
                                .build());
    }

    /// The books are away: he listens on, and hears when they are back.
    private Uni<OutboundSseEvent> rest(Throwable away) {
        LOG.debug("The totals cannot be read now", away);
        return Uni.createFrom().item(heartbeat()).onItem().delayIt().by(REST);
    }

    private OutboundSseEvent heartbeat() {
        return sse.newEventBuilder().comment("").build();
    }
}
