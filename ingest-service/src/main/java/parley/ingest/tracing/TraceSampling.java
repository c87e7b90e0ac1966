package parley.ingest.tracing;

import io.opentelemetry.sdk.trace.samplers.Sampler;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Records traces only where there is somebody to send them to. A caller's trace id travels on to
/// the log in any case.
final class TraceSampling {
    @Produces
    @Singleton
    Sampler sampler(@ConfigProperty(name = "parley.tracing.enabled") boolean isEnabled) {
        return isEnabled ? Sampler.parentBased(Sampler.alwaysOn()) : Sampler.alwaysOff();
    }
}
