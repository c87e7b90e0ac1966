package parley.ingest.access;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Refuses to start a door that could let nobody in.
@Singleton
final class TokenVerification {
    private final Optional<String> issuer;
    private final Optional<String> publicKey;

    TokenVerification(
            @ConfigProperty(name = "quarkus.oidc.auth-server-url") Optional<String> issuer,
            @ConfigProperty(name = "quarkus.oidc.public-key") Optional<String> publicKey) {
        this.issuer = issuer;
        this.publicKey = publicKey;
    }

    void check(@Observes StartupEvent start) {
        if (issuer.isEmpty() && publicKey.isEmpty()) {
            throw new IllegalStateException(
                    "Nothing says how bearer tokens are verified: set QUARKUS_OIDC_AUTH_SERVER_URL"
                            + " to the address of the issuer, or QUARKUS_OIDC_PUBLIC_KEY to the"
                            + " public key (PEM) that tokens are signed for.");
        }
    }
}
