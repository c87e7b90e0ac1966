package parley.ingest.access;

import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Warns where a token is good here that was issued for something else: then whoever is handed one
/// elsewhere can publish with it.
@Singleton
final class TokenScope {
    private final Optional<List<String>> audience;
    private final Optional<String> issuer;
    private final Optional<String> issuersAddress;

    /// @param issuersAddress where it is known, its own name is what tokens must bear
    TokenScope(
            @ConfigProperty(name = "quarkus.oidc.token.audience") Optional<List<String>> audience,
            @ConfigProperty(name = "quarkus.oidc.token.issuer") Optional<String> issuer,
            @ConfigProperty(name = "quarkus.oidc.auth-server-url")
                    Optional<String> issuersAddress) {
        this.audience = audience;
        this.issuer = issuer;
        this.issuersAddress = issuersAddress;
    }

    void start(@Observes StartupEvent start) {
        warnings().forEach(Log::warn);
    }

    List<String> warnings() {
        var warnings = new ArrayList<String>();
        if (audience.isEmpty()) {
            warnings.add(
                    "Tokens are taken whatever service they were issued for: set"
                            + " QUARKUS_OIDC_TOKEN_AUDIENCE to what their `aud` must name.");
        }
        if (issuer.isEmpty() && issuersAddress.isEmpty()) {
            warnings.add(
                    "Tokens are taken whatever issuer they name, if only the public key fits: set"
                            + " QUARKUS_OIDC_TOKEN_ISSUER to what their `iss` must be.");
        }
        return warnings;
    }
}
