package parley.ingest.door;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.stack.Kafka;
import parley.stack.TestServers;

/// A real broker, and a key pair in place of an issuer.
public final class LogAndKeys implements QuarkusTestResourceLifecycleManager {
    /// The setting that holds the private key, in Base64.
    static final String SIGNING_KEY = "test.signing-key";

    static final String ISSUER = "https://issuer.example.org";
    static final String AUDIENCE = "parley";

    private @Nullable Kafka kafka;

    @Override
    public Map<String, String> start() {
        Kafka started = TestServers.kafka();
        kafka = started;
        KeyPair keys = keys();
        return Map.of(
                "quarkus.oidc.token.issuer",
                ISSUER,
                "quarkus.oidc.token.audience",
                AUDIENCE,
                "kafka.bootstrap.servers",
                started.bootstrapServers(),
                "quarkus.oidc.public-key",
                encoded(keys.getPublic().getEncoded()),
                SIGNING_KEY,
                encoded(keys.getPrivate().getEncoded()),
                "parley.topics.partitions",
                "3",
                "parley.public-url",
                "https://ingest.example.org");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(kafka, new TestInjector.MatchesType(Kafka.class));
    }

    @Override
    public void stop() {
        if (kafka != null) {
            kafka.close();
        }
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String encoded(byte[] key) {
        return Base64.getEncoder().encodeToString(key);
    }
}
