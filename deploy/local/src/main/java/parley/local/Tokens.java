package parley.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;

/// A bearer token for each who may call, in a file of its own: what an identity provider would
/// give.
public final class Tokens {
    private static final String ISSUER = "parley-local";
    private static final float DAYS_VALID = 3_650;
    private static final int SECONDS_LEFT_MIN = 30 * 24 * 3_600;

    private record Caller(String file, String subject, String role) {}

    private static final List<Caller> CALLERS =
            List.of(
                    new Caller("publisher", "local-newsroom", "publisher"),
                    new Caller("publisher2", "second-newsroom", "publisher"),
                    new Caller("editor", "local-editor", "editor"),
                    new Caller("reader", "local-reader", "reader"),
                    new Caller("operator", "local-operator", "operator"));

    private Tokens() {}

    /// Tokens that are there and hold are kept, since somebody may have copied them.
    public static void write(StateDirectory state, KeyPair keys) {
        for (var caller : CALLERS) {
            var file = state.token(caller.file());
            if (!holds(file, caller, keys)) {
                StateDirectory.write(file, token(caller, keys));
            }
        }
    }

    private static String token(Caller caller, KeyPair keys) {
        var claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setSubject(caller.subject());
        claims.setStringClaim("upn", caller.subject());
        claims.setStringListClaim("groups", caller.role());
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(DAYS_VALID * 24 * 60);
        claims.setGeneratedJwtId();
        var signature = new JsonWebSignature();
        signature.setHeader("typ", "JWT");
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        signature.setPayload(claims.toJson());
        signature.setKey(keys.getPrivate());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("cannot sign a token", e);
        }
    }

    private static boolean holds(Path file, Caller caller, KeyPair keys) {
        if (!Files.exists(file)) {
            return false;
        }
        var soon = NumericDate.now();
        soon.addSeconds(SECONDS_LEFT_MIN);
        var consumer =
                new JwtConsumerBuilder()
                        .setExpectedIssuer(ISSUER)
                        .setExpectedSubject(caller.subject())
                        .setRequireExpirationTime()
                        .setEvaluationTime(soon)
                        .setVerificationKey(keys.getPublic())
                        .build();
        try {
            consumer.processToClaims(StateDirectory.read(file));
            return true;
        } catch (InvalidJwtException e) {
            return false;
        }
    }
}
