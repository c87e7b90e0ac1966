package parley.ledger.door;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;
import parley.stack.Database;
import parley.stack.Kafka;
import parley.stack.Postgres;
import parley.stack.TestServers;

/// A real broker with the topics of the contract, and a real PostgreSQL.
public final class LogAndBooks implements QuarkusTestResourceLifecycleManager {
    /// Of each topic of events; conflicts have one.
    private static final int PARTITIONS = 3;

    private @Nullable Kafka kafka;
    private @Nullable Postgres postgres;

    @Override
    public Map<String, String> start() {
        Kafka log = TestServers.kafka();
        kafka = log;
        Postgres books = TestServers.postgres();
        postgres = books;
        createTopics(log);
        KeyPair keys = keys();
        Database database = books.freshDatabase();
        return Map.of(
                "kafka.bootstrap.servers",
                log.bootstrapServers(),
                "quarkus.datasource.jdbc.url",
                database.jdbcUrl(),
                "quarkus.datasource.username",
                database.user(),
                "quarkus.datasource.password",
                database.password(),
                "quarkus.oidc.public-key",
                Base64.getEncoder().encodeToString(keys.getPublic().getEncoded()),
                // So that nobody waits long for a heartbeat, or to be cut off.
                "parley.ledger.stream.heartbeat",
                "2S",
                "parley.test.operator",
                token(keys, "operator"),
                "parley.test.reader",
                token(keys, "reader"));
    }

    @Override
    public void stop() {
        if (kafka != null) {
            kafka.close();
        }
        if (postgres != null) {
            postgres.close();
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

    /// A bearer token of that role, which the service trusts for as long as the tests run.
    private static String token(KeyPair keys, String role) {
        String signed =
                encoded("{\"alg\":\"RS256\",\"typ\":\"JWT\"}")
                        + "."
                        + encoded(
                                "{\"sub\":\"test\",\"iat\":0,\"exp\":4102444800,\"groups\":[\"%s\"]}"
                                        .formatted(role));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed
                    + "."
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static void createTopics(Kafka kafka) {
        var settings = Map.of("message.timestamp.type", "LogAppendTime", "retention.ms", "-1");
        List<NewTopic> topics =
                Stream.of(
                                new NewTopic("conflicts", 1, (short) 1),
                                new NewTopic("exchange-events", PARTITIONS, (short) 1),
                                new NewTopic("claim-events", PARTITIONS, (short) 1))
                        .map(topic -> topic.configs(settings))
                        .toList();
        try (Admin admin =
                Admin.create(
                        Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(topics).all().get();
        } catch (ExecutionException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
