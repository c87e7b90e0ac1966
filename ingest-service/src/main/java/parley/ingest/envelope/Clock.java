package parley.ingest.envelope;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/// The one place that asks what time it is.
final class Clock {
    @Produces
    @Singleton
    InstantSource time() {
        return InstantSource.system();
    }
}
