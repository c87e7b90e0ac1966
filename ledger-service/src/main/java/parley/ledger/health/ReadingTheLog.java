package parley.ledger.health;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;
import parley.ledger.intake.Intake;
import parley.ledger.views.FirstCatchUp;

/// Ready is who has caught up once, and has kept up since.
///
/// While the broker is away nobody knows of anything that is unread: the books are answered from.
/// While PostgreSQL is away all replicas are in the same trouble, and what was answered before is
/// answered from memory: a load balancer that took all of them out would leave readers nothing.
@Readiness
@ApplicationScoped
class ReadingTheLog implements HealthCheck {
    private final Intake intake;
    private final FirstCatchUp catchUp;
    private final LagWatch lag;
    private final HealthSettings settings;

    ReadingTheLog(Intake intake, FirstCatchUp catchUp, LagWatch lag, HealthSettings settings) {
        this.intake = intake;
        this.catchUp = catchUp;
        this.lag = lag;
        this.settings = settings;
    }

    @Override
    public HealthCheckResponse call() {
        var response =
                HealthCheckResponse.named("Reading the log")
                        .withData("lagRecords", lag.records())
                        .withData("lagSeconds", (long) lag.seconds());
        String unknown = lag.unknown();
        if (unknown != null) {
            response.withData("lagIsOfAnEarlierLook", unknown);
        }
        String trouble = intake.trouble();
        if (trouble != null) {
            response.withData("trouble", trouble);
        }
        String reason = reason(trouble);
        if (reason != null) {
            response.withData("reason", reason);
        }
        return response.status(reason == null).build();
    }

    /// Why readers are better sent elsewhere; null where they are not.
    private @Nullable String reason(@Nullable String trouble) {
        if (!catchUp.isOver()) {
            return trouble == null ? "The log is still being read up to its end." : trouble;
        }
        if (lag.unknown() != null) {
            return null;
        }
        if (lag.standstillSeconds() > settings.standstillMax().toSeconds()) {
            return "The books have stood still for %.0f seconds, though %d records are unread."
                    .formatted(lag.standstillSeconds(), lag.records());
        }
        return lag.seconds() <= settings.lagMax().toSeconds()
                ? null
                : "The oldest of %d unread records has been on the log for %.0f seconds."
                        .formatted(lag.records(), lag.seconds());
    }
}
