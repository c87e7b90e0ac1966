package parley.ingest.health;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import parley.ingest.log.Acknowledgements;

/// A broker may answer and still take nothing, as with too few replicas in sync.
@Readiness
@Singleton
final class WritesAcknowledged implements HealthCheck {
    private final Acknowledgements acknowledgements;

    WritesAcknowledged(Acknowledgements acknowledgements) {
        this.acknowledgements = acknowledgements;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("events are acknowledged");
        Long since = acknowledgements.secondsSince();
        if (since != null) {
            response.withData("secondsSinceTheLast", since);
        }
        String trouble = acknowledgements.trouble();
        if (trouble != null) {
            response.withData("reason", trouble);
        }
        return response.status(trouble == null).build();
    }
}
