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
import parley.ledger.stream.LiveTotals.Snapshot;
import parley.ledger.views.Asked;
import parley.ledger.views.PositionWatch;

/// One who listens to a conflict.
///
/// Each event is made when the one before it has been sent: whoever reads slowly misses what came
/// between, never the newest, and nothing is queued for him. Who takes nothing any more is cut off.
final class Listener {
    private static final Logger LOG = Logger.getLogger(Listener.class);

    private static final Duration REST = Duration.ofSeconds(1);
    private static final long RECONNECT_MILLIS = 2_000;

    private final String conflict;
    private final LiveTotals totals;
    private final PositionWatch watch;
    private final Sse sse;
    private final Line line;
    private final Duration heartbeat;
    private final @Nullable LogPosition resumed;
    private @Nullable Snapshot told;
    private @Nullable Asked read;
    private long sent = System.nanoTime();

    /// @param resumed the position of the last event that was received before, or null
    /// @param line what he is told over
    /// @param heartbeat how long it may be silent
    Listener(
            String conflict,
            @Nullable LogPosition resumed,
            LiveTotals totals,
            PositionWatch watch,
            Sse sse,
            Line line,
            Duration heartbeat) {
        this.conflict = conflict;
        this.resumed = resumed;
        this.totals = totals;
        this.watch = watch;
        this.sse = sse;
        this.line = line;
        this.heartbeat = heartbeat;
    }

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
            return news();
        }
        Duration patience = heartbeat.minusNanos(System.nanoTime() - sent);
        return patience.isPositive()
                ? watch.moved(last, patience).chain(moved -> moved ? news() : heartbeat())
                : heartbeat();
    }

    private Uni<Optional<OutboundSseEvent>> news() {
        return totals.of(conflict).map(this::told).onFailure().recoverWithUni(this::rest);
    }

    private Optional<OutboundSseEvent> told(Snapshot snapshot) {
        Snapshot before = told;
        read = snapshot.read();
        told = snapshot;
        boolean isKnown =
                before == null ? wasTold(snapshot) : before.parties().equals(snapshot.parties());
        return isKnown
                ? Optional.empty()
                : Optional.of(
                        sse.newEventBuilder()
                                .name("totals")
                                .id(snapshot.read().position().toString())
                                .reconnectDelay(RECONNECT_MILLIS)
                                .mediaType(MediaType.TEXT_PLAIN_TYPE)
                                .data(snapshot.text())
                                .build());
    }

    /// Whether he was told this, or what came after it, before he came again: but another
    /// generation may have told him otherwise, up to where it was read.
    private boolean wasTold(Snapshot snapshot) {
        return resumed != null
                && resumed.covers(snapshot.since())
                && !(watch.turnedAt().covers(resumed)
                        && snapshot.read().position().covers(resumed));
    }

    /// The books are away: he listens on, and hears when they are back.
    private Uni<Optional<OutboundSseEvent>> rest(Throwable away) {
        LOG.debug("The totals cannot be read now", away);
        return heartbeat().onItem().delayIt().by(REST);
    }

    private Uni<Optional<OutboundSseEvent>> heartbeat() {
        return Uni.createFrom().item(Optional.of(sse.newEventBuilder().comment("").build()));
    }
}
