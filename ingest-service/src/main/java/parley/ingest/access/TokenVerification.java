package parley.ingest.access;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Pattern;

/// Refuses to start a door that could let nobody in.
@ConfigMapping(prefix = "parley.tokens")
interface TokenVerification {
    /// The issuer's address or the public key, whichever is set for quarkus-oidc.
    @Pattern(
            regexp = "(?!nothing$)[\\s\\S]+",
            message =
                    "nothing says how bearer tokens are verified: set QUARKUS_OIDC_AUTH_SERVER_URL to"
                            + " the address of their issuer, or QUARKUS_OIDC_PUBLIC_KEY to the public"
                            + " key (PEM) that verifies them")
    String verifiedBy();
}
