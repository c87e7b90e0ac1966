package parley.ledger.health;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;
import parley.contract.LogPosition;
import parley.ledger.intake.LogAwayException;
import parley.ledger.views.FirstCatchUp;
import parley.ledger.views.PositionWatch;

/// Started is who has read to where the log ended at the first look.
@Startup
@ApplicationScoped
class CaughtUp implements HealthCheck {
    private final FirstCatchUp catchUp;
    private final PositionWatch watch;

    CaughtUp(FirstCatchUp catchUp, PositionWatch watch) {
        this.catchUp = catchUp;
        this.watch = watch;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("Caught up with the log");
        try {
            LogPosition end = catchUp.goal();
            LogPosition standing = watch.position();
            return response.withData("read", standing.toString())
                    .withData("end", end.toString())
                    .withData("unread", standing.recordsBehind(end))
                    .withData("percent", percent(standing.recordsBehind(end), end))
                    .status(catchUp.isOver())
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
}
