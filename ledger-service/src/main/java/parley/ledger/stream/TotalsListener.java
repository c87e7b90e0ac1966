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
        Snapshot before = told;
        told = snapshot;
        boolean isKnown =
                before == null ? wasTold(snapshot) : before.parties().equals(snapshot.parties());
        return isKnown
                ? Optional.empty()
                : Optional.of(event("totals", snapshot.read().position(), snapshot.text()));
    }

    /// Whether he was told this, or what came after it, before he came again: but another
    /// generation may have told him otherwise, up to where it was read.
    private boolean wasTold(Snapshot snapshot) {
        return resumed != null
                && resumed.covers(snapshot.since())
                && !(watch.turnedAt().covers(resumed)
                        && snapshot.read().position().covers(resumed));
    }
}
