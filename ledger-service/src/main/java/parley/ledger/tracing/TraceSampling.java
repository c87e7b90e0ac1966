package parley.ledger.tracing;

import io.opentelemetry.sdk.trace.samplers.Sampler;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Records traces only where there is somebody to send them to.
final class TraceSampling {
    @Produces
    @Singleton
    Sampler sampler(@ConfigProperty(name = "parley.tracing.enabled") boolean isEnabled) {
        return isEnabled ? Sampler.parentBased(Sampler.alwaysOn()) : Sampler.alwaysOff();
    }
}
