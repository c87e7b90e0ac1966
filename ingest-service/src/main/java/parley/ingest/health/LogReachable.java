package parley.ingest.health;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import parley.ingest.conflicts.ConflictsFollower;
import parley.ingest.log.Topics;

/// Whether the broker has answered in the last seconds. A probe asks it nothing: the follower of
/// the conflicts is in touch with it all the time.
@Readiness
@Singleton
final class LogReachable implements HealthCheck {
    private final Topics topics;
    private final ConflictsFollower follower;

    LogReachable(Topics topics, ConflictsFollower follower) {
        this.topics = topics;
        this.follower = follower;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("log is reachable");
        if (!topics.areThere()) {
            return response.withData("reason", "The topics are not known to be there.")
                    .down()
                    .build();
        }
        if (!follower.isInContact()) {
            return response.withData("reason", "The broker has not answered for 20 seconds.")
                    .down()
                    .build();
        }
        return response.up().build();
    }
}
