package parley.ledger.stream;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.Optional;
import parley.contract.LogPosition;
import parley.ledger.stream.LiveFinds.Read;
import parley.ledger.views.PositionWatch;

/// One who listens to findings: each is told, in the order of the log.
///
/// He knows how far he has heard also while nothing is found: from the start, and with each
/// heartbeat. So whatever comes while he is away is told to him when he is back.
final class FindsListener extends Listener {
    private final String conflict;
    private final LiveFinds finds;
    private LogPosition from;
    private boolean hasBegun;

    /// @param from behind which he wants to hear of them
    FindsListener(
            String conflict,
            LogPosition from,
            LiveFinds finds,
            PositionWatch watch,
            Sse sse,
            Line line,
            Duration heartbeat) {
        super(watch, sse, line, heartbeat);
        this.conflict = conflict;
        this.from = from;
        this.finds = finds;
    }

    @Override
    Uni<News> news() {
        return finds.since(conflict, from)
                .invoke(it -> from = it.position())
                .map(it -> new News(it.isAll() ? it.asked() : null, event(it)));
    }

    private Optional<OutboundSseEvent> event(Read read) {
        boolean isFirst = !hasBegun;
        hasBegun = true;
        return read.text()
                .map(it -> event("findings", read.position(), it))
                .or(() -> isFirst ? Optional.of(sign(read.position())) : Optional.empty());
    }

    @Override
    OutboundSseEvent silence() {
        return sign(from);
    }
}
