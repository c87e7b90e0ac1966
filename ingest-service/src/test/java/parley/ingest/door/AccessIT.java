package parley.ingest.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import parley.ingest.door.Newsroom.Answer;

/// Who is let in, and what browsers are told.
@QuarkusTest
@QuarkusTestResource(LogAndKeys.class)
class AccessIT {
    @Test
    void onlyATokenOfTheIssuerForThisServiceAndThisTimeIsGood() throws Exception {
        Ready.await();
        Map<String, String> tokens = new LinkedHashMap<>();
        tokens.put("another issuer", signed(good().issuer("https://other.example.org")));
        tokens.put("another audience", signed(good().audience("another-service")));
        tokens.put("expired", signed(good().expiresAt(Instant.EPOCH.plusSeconds(1_000))));
        tokens.put("not yet", signed(good().claim("nbf", 99_999_999_999L)));
        tokens.put("another key", good().jws().sign(anotherKey()));
        tokens.put("no algorithm", unsigned("none"));
        tokens.put("no algorithm, in capitals", unsigned("None"));
        tokens.put("the public key as a secret", withPublicKeyAsSecret(publicKey()));
        tokens.put(
                "the public key's text as a secret",
                withPublicKeyAsSecret(
                        ConfigProvider.getConfig()
                                .getValue("quarkus.oidc.public-key", String.class)
                                .getBytes(UTF_8)));
        tokens.put("no token at all", "x");
        tokens.put("of nobody's making", "a.b.c");

        assertThat(status(Newsroom.token("paper", "publisher"))).isEqualTo(422);
        tokens.forEach((name, token) -> assertThat(status(token)).as(name).isEqualTo(401));
    }

    @Test
    void aTokenThatWasGoodIsRefusedFromItsEndOn() {
        Ready.await();
        String brief = signed(good().expiresIn(Duration.ofSeconds(2)));

        assertThat(status(brief)).isEqualTo(422);
        await().atMost(Duration.ofSeconds(6)).until(() -> status(brief) == 401);
    }

    @Test
    void noPageOfAnotherOriginMayCall() {
        Newsroom paper = Newsroom.publisher("paper");

        Answer asked =
                paper.send(
                        "OPTIONS",
                        "/v1/exchanges",
                        Newsroom.JSON,
                        "",
                        "Origin",
                        "https://evil.example.org");
        Answer answer = paper.post("/v1/exchanges", "{}");

        assertThat(asked.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void everyAnswerTellsBrowsersToKeepOut() {
        Newsroom paper = Newsroom.publisher("paper");

        for (Answer answer :
                new Answer[] {
                    paper.post("/v1/exchanges", "{}"),
                    paper.get("/v1/schemas"),
                    paper.get("/v1/nothing"),
                    Newsroom.withToken("").post("/v1/exchanges", "{}")
                }) {
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
            assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(answer.header("Content-Security-Policy"))
                    .isEqualTo("default-src 'none'; frame-ancestors 'none'");
        }
        assertThat(paper.post("/v1/exchanges", "{}").header("Cache-Control")).isEqualTo("no-store");
    }

    private static int status(String token) {
        return Newsroom.withToken(token).post("/v1/exchanges?dryRun=true", "{}").status();
    }

    private static JwtClaimsBuilder good() {
        return Newsroom.claims("paper", "publisher");
    }

    private static String signed(JwtClaimsBuilder claims) {
        return claims.jws().sign(Newsroom.signingKey());
    }

    private static String unsigned(String algorithm) {
        return header(algorithm) + "." + claims() + ".";
    }

    /// The oldest trick: a verifier that takes its algorithm from the token takes the public key
    /// for a secret.
    private static String withPublicKeyAsSecret(byte[] key) throws GeneralSecurityException {
        String signed = header("HS256") + "." + claims();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return signed + "." + encoded(mac.doFinal(signed.getBytes(UTF_8)));
    }

    private static String header(String algorithm) {
        return encoded("{\"alg\":\"%s\",\"typ\":\"JWT\"}".formatted(algorithm).getBytes(UTF_8));
    }

    private static String claims() {
        return signed(good().expiresIn(Duration.ofHours(1))).split("\\.", -1)[1];
    }

    private static byte[] publicKey() {
        return Base64.getDecoder()
                .decode(
                        ConfigProvider.getConfig()
                                .getValue("quarkus.oidc.public-key", String.class));
    }

    private static PrivateKey anotherKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair().getPrivate();
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
