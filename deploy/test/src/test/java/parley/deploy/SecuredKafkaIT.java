package parley.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.local.Keys;
import parley.local.QuarkusService;
import parley.local.StateDirectory;
import parley.local.Tokens;
import parley.stack.Database;
import parley.stack.FreePort;
import parley.stack.Postgres;
import parley.stack.TestServers;

/// Both services against a broker that wants to know who they are, as the users that the chart has
/// Strimzi make.
class SecuredKafkaIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CONFLICT =
            """
            {"name":"A trial","parties":[{"party":"NORTH","name":"Northland","role":"side"},
             {"party":"SOUTH","name":"Southland","role":"side"}]}""";
    private static final String EXCHANGE =
            """
            {"conflict":"trial","occurredOn":"2026-02-20",
             "transfers":[{"from":"NORTH","to":"SOUTH","category":"remains","count":1000}],
             "sources":[{"title":"A","publisher":"B","url":"https://example.org"}]}""";

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir private static Path folder;

    private static SecuredBroker broker;
    private static Postgres postgres;

    @BeforeAll
    static void start() throws Exception {
        broker = new SecuredBroker(folder);
        postgres = TestServers.postgres();
        broker.start();
    }

    @AfterAll
    static void stop() {
        broker.close();
        postgres.close();
    }

    @Test
    void whatIsPublishedWithAPasswordIsReadWithACertificate() throws Exception {
        var state = new StateDirectory(folder.resolve("state"));
        Keys keys = Keys.of(state);
        Tokens.write(state, keys.tokens());
        URI ingestAt = address();
        URI ledgerAt = address();
        try (var ingest = service("ingest-service", state, ingestAt, ingest(keys));
                var ledger = service("ledger-service", state, ledgerAt, ledger(keys))) {
            ingest.launch();
            ledger.launch();
            ingest.awaitReady();
            ledger.awaitReady();
            String token = StateDirectory.read(state.token("editor"));

            assertThat(publish("PUT", ingestAt.resolve("/v1/conflicts/trial"), CONFLICT, token))
                    .isEqualTo(202);
            assertThat(publish("POST", ingestAt.resolve("/v1/exchanges"), EXCHANGE, token))
                    .isEqualTo(202);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(
                            () ->
                                    get(ledgerAt.resolve("/v1/conflicts/trial/totals/SOUTH"))
                                            .contains("\"best\":1000"));
        }
    }

    @Test
    void neitherUserMayDoTheWorkOfTheOtherAndNobodyElseMayDoAny() {
        Map<String, Object> asIngest = client(broker.ofIngest());
        Map<String, Object> asLedger = client(broker.ofLedger());
        try (var producer =
                new KafkaProducer<>(asLedger, new StringSerializer(), new StringSerializer())) {
            assertThatThrownBy(
                            () ->
                                    producer.send(new ProducerRecord<>("claim-events", "not mine"))
                                            .get())
                    .hasCauseInstanceOf(AuthorizationException.class);
        }
        try (var consumer =
                new KafkaConsumer<>(asIngest, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition("claim-events", 0)));
            consumer.seek(new TopicPartition("claim-events", 0), 0);
            assertThatThrownBy(() -> consumer.poll(PATIENCE))
                    .isInstanceOf(AuthorizationException.class);
        }
        var asNobody = new HashMap<>(asLedger);
        asNobody.keySet().removeIf(it -> it.startsWith("ssl.keystore"));
        var asGuesser = new HashMap<>(asIngest);
        asGuesser.compute(
                "sasl.jaas.config", (_, jaas) -> String.valueOf(jaas).replace("test", "guess"));
        for (Map<String, Object> stranger : List.of(asNobody, asGuesser)) {
            try (Admin admin = Admin.create(stranger)) {
                assertThatThrownBy(() -> admin.listTopics().names().get())
                        .hasCauseInstanceOf(AuthenticationException.class);
            }
        }
    }

    private Map<String, String> ingest(Keys keys) {
        Map<String, String> settings = broker.ofIngest();
        settings.put("QUARKUS_OIDC_PUBLIC_KEY", keys.publicKey());
        return settings;
    }

    private Map<String, String> ledger(Keys keys) {
        Map<String, String> settings = broker.ofLedger();
        Database database = postgres.freshDatabase();
        settings.put("QUARKUS_OIDC_PUBLIC_KEY", keys.publicKey());
        settings.put("QUARKUS_DATASOURCE_JDBC_URL", database.jdbcUrl());
        settings.put("QUARKUS_DATASOURCE_USERNAME", database.user());
        settings.put("QUARKUS_DATASOURCE_PASSWORD", database.password());
        return settings;
    }

    /// What Kafka's own clients call it.
    private static Map<String, Object> client(Map<String, String> variables) {
        return variables.entrySet().stream()
                .collect(
                        Collectors.toMap(
                                it ->
                                        it.getKey()
                                                .substring("KAFKA_".length())
                                                .toLowerCase(Locale.ROOT)
                                                .replace('_', '.'),
                                Map.Entry::getValue));
    }

    private static URI address() {
        return URI.create("http://127.0.0.1:" + FreePort.any());
    }

    private QuarkusService service(
            String name, StateDirectory state, URI address, Map<String, String> settings) {
        return new QuarkusService(name, Chart.REPOSITORY, state, address, settings, http);
    }

    private int publish(String method, URI address, String body, String token)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(address)
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body))
                        .build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }

    private String get(URI address) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
    }
}
