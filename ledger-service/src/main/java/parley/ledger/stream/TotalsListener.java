package parley.ledger.stream;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parley.contract.LogPosition;
import parley.ledger.stream.LiveTotals.Snapshot;
import parley.ledger.views.PositionWatch;

/// One who listens to totals: whoever reads slowly misses what came between, never the newest.
final class TotalsListener extends Listener {
    private final String conflict;
    private final LiveTotals totals;
    private final PositionWatch watch;
    private final @Nullable LogPosition resumed;
    private @Nullable Snapshot told;

    /// @param resumed the position of the last event that was received before, or null
    TotalsListener(
            String conflict,
            @Nullable LogPosition resumed,
            LiveTotals totals,
            PositionWatch watch,
            Sse sse,
            Line line,
            Duration heartbeat) {
        super(watch, sse, line, heartbeat);
        this.conflict = conflict;
        this.resumed = resumed;
        this.totals = totals;
        this.watch = watch;
    }

    @Override
    Uni<News> news() {
        return totals.of(conflict).map(it -> new News(it.read(), event(it)));
    }

    private Optional<OutboundSseEvent> event(Snapshot snapshot) {
        if (told == null && isBehindWhatHeWasTold(snapshot)) {
            return Optional.empty();
        }
        boolean isKnown =
                told == null ? wasTold(snapshot) : told.parties().equals(snapshot.parties());
        told = snapshot;
        return isKnown
                ? Optional.empty()
                : Optional.of(event("totals", snapshot.read().position(), snapshot.text()));
    }

    /// Whether another replica told him more, before he came here: what that was is not known here
    /// until this one has read as far.
    private boolean isBehindWhatHeWasTold(Snapshot snapshot) {
        LogPosition position = snapshot.read().position();
        return resumed != null && resumed.covers(position) && !position.covers(resumed);
    }

    /// Whether it is what he was told last before he came again. What lay between is not known
    /// here, so only the position says it: and not where another generation may have told him
    /// otherwise there.
    private boolean wasTold(Snapshot snapshot) {
        return resumed != null
                && resumed.equals(snapshot.read().position())
                && !watch.turnedAt().covers(resumed);
    }
}
