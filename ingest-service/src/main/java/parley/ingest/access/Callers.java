package parley.ingest.access;

import io.quarkus.security.ForbiddenException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;
import parley.contract.Authority;
import parley.ingest.statement.Names;

/// Tells the caller by its token: what a body says of its sender counts for nothing.
@Singleton
public final class Callers {
    private final SecurityIdentity identity;
    private final String publisherClaim;

    Callers(
            SecurityIdentity identity,
            @ConfigProperty(name = "parley.publisher-claim") String publisherClaim) {
        this.identity = identity;
        this.publisherClaim = publisherClaim;
    }

    /// Who sends the request that is being answered.
    public Caller current() {
        Object publisher =
                identity.getPrincipal() instanceof JsonWebToken token
                        ? token.getClaim(publisherClaim)
                        : null;
        if (!(publisher instanceof String name) || !Names.isId(name)) {
            throw new ForbiddenException(
                    "The token's claim `%s` does not name a publisher: it must be 1 to 128 of A–Z a–z 0–9 . _ ~ -"
                            .formatted(publisherClaim));
        }
        return new Caller(
                name, identity.hasRole(Roles.EDITOR) ? Authority.EDITOR : Authority.PUBLISHER);
    }
}
