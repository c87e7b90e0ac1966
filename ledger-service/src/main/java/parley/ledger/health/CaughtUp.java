package parley.ledger.health;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;
import org.jspecify.annotations.Nullable;
import parley.contract.LogPosition;
import parley.ledger.intake.LogAwayException;
import parley.ledger.intake.LogHead;
import parley.ledger.views.PositionWatch;

/// Started is who has read to where the log ended at the first look.
@Startup
@ApplicationScoped
class CaughtUp implements HealthCheck {
    private final LogHead head;
    private final PositionWatch watch;
    private @Nullable LogPosition goal;
    private boolean reached;

    CaughtUp(LogHead head, PositionWatch watch) {
        this.head = head;
        this.watch = watch;
    }

    @Override
    public synchronized HealthCheckResponse call() {
        var response = HealthCheckResponse.named("Caught up with the log");
        try {
            LogPosition end = goal == null ? head.position() : goal;
            goal = end;
            LogPosition standing = watch.position();
            reached = reached || standing.covers(end);
            return response.withData("read", standing.toString())
                    .withData("end", end.toString())
                    .withData("unread", standing.recordsBehind(end))
                    .withData("percent", percent(standing.recordsBehind(end), end))
                    .status(reached)
                    .build();
        } catch (LogAwayException away) {
            return response.withData("reason", String.valueOf(away.getMessage())).down().build();
        }
    }

    /// How much of the way to the goal is behind.
    private static long percent(long unread, LogPosition end) {
        long all = LogPosition.START.recordsBehind(end);
        return all == 0 ? 100 : 100 - (unread * 100 + all - 1) / all;
    }

    /// Whether the log has once been read to where it ended at the first look.
    boolean isReached() {
        return call().getStatus() == HealthCheckResponse.Status.UP;
    }
}
