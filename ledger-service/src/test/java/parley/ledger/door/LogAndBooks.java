package parley.ledger.door;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
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
                publicKey());
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

    /// The service wants to know whom to trust, though anyone may read.
    private static String publicKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return Base64.getEncoder()
                    .encodeToString(generator.generateKeyPair().getPublic().getEncoded());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
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
