package parley.ingest.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.eclipse.microprofile.jwt.JsonWebToken;

/// Knows for a short while whose a token is that was found good: to verify its signature with each
/// call would cost as much as to take the event.
///
/// A token that its issuer calls back, or whose key it drops, is good for that while longer. Its
/// own end is kept.
@Singleton
class KnownTokens
        implements IdentityProvider<TokenAuthenticationRequest>, SecurityIdentityAugmentor {
    private static final Duration KNOWN_FOR = Duration.ofSeconds(10);
    private static final int TOKENS_MAX = 1_000;

    /// Who is known from here was not verified again, so it is not remembered for longer.
    private static final String REMEMBERED = "parley.remembered";

    private final InstantSource clock;
    private final Cache<String, Known> tokens =
            Caffeine.newBuilder()
                    .maximumSize(TOKENS_MAX)
                    .expireAfterWrite(KNOWN_FOR)
                    .executor(Runnable::run)
                    .build();

    KnownTokens(InstantSource clock) {
        this.clock = clock;
    }

    /// @param end from when on the token is good no longer
    private record Known(SecurityIdentity identity, Instant end) {}

    @Override
    public Class<TokenAuthenticationRequest> getRequestType() {
        return TokenAuthenticationRequest.class;
    }

    /// Is asked before those who verify.
    @Override
    public int priority() {
        return Integer.MAX_VALUE;
    }

    /// Whose the token is; nobody, where it is not known, so that others are asked.
    @Override
    public Uni<SecurityIdentity> authenticate(
            TokenAuthenticationRequest request, AuthenticationRequestContext context) {
        Known known = tokens.getIfPresent(request.getToken().getToken());
        return known == null || !clock.instant().isBefore(known.end)
                ? Uni.createFrom().nullItem()
                : Uni.createFrom().item(known.identity);
    }

    /// Remembers whoever was found by his token.
    @Override
    public Uni<SecurityIdentity> augment(
            SecurityIdentity identity, AuthenticationRequestContext context) {
        if (identity.getAttribute(REMEMBERED) == null
                && identity.getPrincipal() instanceof JsonWebToken token
                && token.getExpirationTime() > 0) {
            tokens.asMap()
                    .computeIfAbsent(
                            token.getRawToken(),
                            _ ->
                                    new Known(
                                            lasting(identity),
                                            Instant.ofEpochSecond(token.getExpirationTime())));
        }
        return Uni.createFrom().item(identity);
    }

    /// Without what belongs to the call that it came with.
    private static SecurityIdentity lasting(SecurityIdentity identity) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(identity.getPrincipal())
                .addRoles(identity.getRoles())
                .addAttribute(REMEMBERED, true)
                .build();
    }
}
