package parley.ledger.health;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;
import parley.ledger.intake.Intake;

/// Ready is who has caught up once and reads on.
@Readiness
@ApplicationScoped
class ReadingTheLog implements HealthCheck {
    private final Intake intake;
    private final CaughtUp caughtUp;

    ReadingTheLog(Intake intake, @Startup CaughtUp caughtUp) {
        this.intake = intake;
        this.caughtUp = caughtUp;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("Reading the log");
        String trouble = intake.trouble();
        if (trouble != null) {
            return response.withData("reason", trouble).down().build();
        }
        if (!caughtUp.isReached()) {
            return response.withData("reason", "The log is still being read up to its end.")
                    .down()
                    .build();
        }
        return response.up().build();
    }
}
