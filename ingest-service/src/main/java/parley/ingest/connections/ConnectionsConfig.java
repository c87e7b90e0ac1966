package parley.ingest.connections;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/// How long a client may take.
@ConfigMapping(prefix = "parley.connections")
public interface ConnectionsConfig {
    /// For all headers of its next request, from when it connected or was last answered. More than
    /// a load balancer keeps a connection that it does not use: it should be the one to close it.
    @WithDefault("75")
    @Min(1)
    @Max(3_600)
    int idleSecondsMax();

    /// For a body, and a second more for each 64 KiB of it; in a stream for each line,
    /// and for all of them a second more for each 4 KiB.
    @WithDefault("30")
    @Min(1)
    @Max(3_600)
    int bodySecondsMax();

    /// Whether only those are served whose certificate is trusted by
    /// `quarkus.http.ssl.certificate.trust-store-files`.
    @WithDefault("false")
    boolean clientCertificates();

    default Duration idleTimeMax() {
        return Duration.ofSeconds(idleSecondsMax());
    }

    default Duration bodyTimeMax() {
        return Duration.ofSeconds(bodySecondsMax());
    }
}
