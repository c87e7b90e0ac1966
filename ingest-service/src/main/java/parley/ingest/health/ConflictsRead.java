package parley.ingest.health;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;
import parley.ingest.conflicts.ConflictsFollower;

/// Without the conflicts every statement would be refused.
@Startup
@Readiness
@Singleton
final class ConflictsRead implements HealthCheck {
    private final ConflictsFollower follower;

    ConflictsRead(ConflictsFollower follower) {
        this.follower = follower;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("conflicts are read");
        return follower.isRead()
                ? response.up().build()
                : response.withData("reason", "The topic `conflicts` is being read to its end.")
                        .down()
                        .build();
    }
}
