package parley.ledger.access;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Pattern;

/// Reading is open, but whoever comes with a token must be told from whoever only says so.
@ConfigMapping(prefix = "parley.tokens")
interface TokenVerification {
    /// The issuer's address or the public key, whichever is set for quarkus-oidc.
    @Pattern(
            regexp = "(?!nothing$)[\\s\\S]+",
            message =
                    "set QUARKUS_OIDC_AUTH_SERVER_URL to the address of the issuer of bearer tokens,"
                            + " or QUARKUS_OIDC_PUBLIC_KEY to the public key that verifies them")
    String verifiedBy();
}
