package parley.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.local.Keys;
import parley.local.QuarkusService;
import parley.local.StateDirectory;
import parley.local.Tokens;
import parley.stack.Database;
import parley.stack.FreePort;
import parley.stack.LocalKafka;
import parley.stack.Postgres;
import parley.stack.TestServers;

/// Both services against a broker that wants to know who they are and allows no more than the
/// chart's own KafkaUsers say: ingest-service with a password, ledger-service with a certificate.
class SecuredKafkaIT {
    private static final Path PRODUCTION = Chart.FOLDER.resolve("ci/production.yaml");
    private static final String PASSWORD = "a-password-of-this-test";
    private static final String JAAS =
            "org.apache.kafka.common.security.scram.ScramLoginModule required";
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
    private final int sslPort = FreePort.any();
    private final int saslPort = FreePort.any();

    @TempDir Path folder;

    private Certificates certificates;
    private LocalKafka kafka;
    private Postgres postgres;

    @BeforeEach
    void start() {
        certificates = new Certificates(folder);
        kafka =
                new LocalKafka(
                        folder.resolve("kafka"),
                        FreePort.any(),
                        folder.resolve("kafka.log"),
                        Map.of("SSL", sslPort, "SASL_SSL", saslPort),
                        Map.of(
                                "authorizer.class.name",
                                "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                                // By the listener of which the services know nothing.
                                "super.users",
                                "User:ANONYMOUS",
                                "ssl.keystore.type",
                                "PKCS12",
                                "ssl.keystore.location",
                                certificates.store("broker").toString(),
                                "ssl.keystore.password",
                                Certificates.PASSWORD,
                                "ssl.truststore.type",
                                "PEM",
                                "ssl.truststore.location",
                                certificates.authority().toString(),
                                "listener.name.ssl.ssl.client.auth",
                                "required",
                                "sasl.enabled.mechanisms",
                                "SCRAM-SHA-512",
                                "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config",
                                JAAS + ";"));
        kafka.start();
        postgres = TestServers.postgres();
    }

    @AfterEach
    void stop() {
        kafka.close();
        postgres.close();
    }

    @Test
    void bothServicesDoTheirWorkAsTheUsersOfTheChartAndMayDoNoMore() throws Exception {
        Manifests withPassword = chart("SASL_SSL", "scram-sha-512", saslPort);
        Manifests withCertificate = chart("SSL", "tls", sslPort);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            makeTopics(admin, withPassword);
            setPassword(admin, "parley-ingest");
            allow(admin, withPassword, "parley-ingest", "User:parley-ingest");
            allow(admin, withCertificate, "parley-ledger", "User:CN=parley-ledger");
        }
        var state = new StateDirectory(folder.resolve("state"));
        Keys keys = Keys.of(state);
        Tokens.write(state, keys.tokens());
        Map<String, String> forIngest = settings(withPassword, "ingest");
        Map<String, String> forLedger = settings(withCertificate, "ledger");
        Database database = postgres.freshDatabase();
        forIngest.put("QUARKUS_OIDC_PUBLIC_KEY", keys.publicKey());
        forLedger.putAll(
                Map.of(
                        "QUARKUS_OIDC_PUBLIC_KEY", keys.publicKey(),
                        "QUARKUS_DATASOURCE_JDBC_URL", database.jdbcUrl(),
                        "QUARKUS_DATASOURCE_USERNAME", database.user(),
                        "QUARKUS_DATASOURCE_PASSWORD", database.password()));

        URI ingestAt = address();
        URI ledgerAt = address();
        try (var ingest = service("ingest-service", state, ingestAt, forIngest);
                var ledger = service("ledger-service", state, ledgerAt, forLedger)) {
            ingest.launch();
            ledger.launch();
            ingest.awaitReady();
            ledger.awaitReady();
            String token = StateDirectory.read(state.token("editor"));

            assertThat(
                            publish("PUT", ingestAt.resolve("/v1/conflicts/trial"), CONFLICT, token)
                                    .statusCode())
                    .isEqualTo(202);
            assertThat(
                            publish("POST", ingestAt.resolve("/v1/exchanges"), EXCHANGE, token)
                                    .statusCode())
                    .isEqualTo(202);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(
                            () ->
                                    get(ledgerAt, "/v1/conflicts/trial/totals/SOUTH")
                                            .body()
                                            .contains("\"best\":1000"));
        }
        assertMayNotWrite(forLedger);
    }

    private Manifests chart(String protocol, String authentication, int port) {
        return Chart.render(
                PRODUCTION,
                Map.of(
                        "kafka.bootstrapServers", "127.0.0.1:" + port,
                        "kafka.securityProtocol", protocol,
                        "kafka.authentication", authentication));
    }

    /// What the chart sets of Kafka, with the files and Secrets that it names.
    private Map<String, String> settings(Manifests chart, String component) {
        JsonNode container =
                chart.of("Deployment")
                        .map(it -> it.at("/spec/template/spec/containers/0"))
                        .filter(it -> it.path("name").asText().equals(component))
                        .findFirst()
                        .orElseThrow();
        String user = "parley-" + component;
        var settings = new HashMap<String, String>();
        for (JsonNode variable : container.path("env")) {
            String name = variable.path("name").asText();
            JsonNode secret = variable.at("/valueFrom/secretKeyRef");
            if (name.startsWith("KAFKA_") && secret.isMissingNode()) {
                settings.put(name, file(variable.path("value").asText(), user));
            } else if (name.startsWith("KAFKA_")) {
                assertThat(secret.path("name").asText()).isEqualTo(user);
                settings.put(name, secret(secret.path("key").asText(), user));
            }
        }
        return settings;
    }

    /// What is mounted there.
    private String file(String value, String user) {
        return switch (value) {
            case "/etc/parley/kafka-ca/ca.crt" -> certificates.authority().toString();
            case "/etc/parley/kafka-user/user.p12" -> certificates.store(user).toString();
            default -> value;
        };
    }

    /// As Strimzi's user operator writes them.
    private static String secret(String key, String user) {
        return switch (key) {
            case "user.password" -> Certificates.PASSWORD;
            case "sasl.jaas.config" ->
                    "%s username=\"%s\" password=\"%s\";".formatted(JAAS, user, PASSWORD);
            default -> throw new IllegalStateException("Strimzi writes no " + key);
        };
    }

    /// Those of the chart, on the one broker that there is.
    private static void makeTopics(Admin admin, Manifests chart)
            throws ExecutionException, InterruptedException {
        List<NewTopic> topics =
                chart.of("KafkaTopic")
                        .map(
                                topic -> {
                                    Map<String, String> config =
                                            topic.at("/spec/config")
                                                    .propertyStream()
                                                    .collect(
                                                            Collectors.toMap(
                                                                    Map.Entry::getKey,
                                                                    it -> it.getValue().asText()));
                                    config.put("min.insync.replicas", "1");
                                    return new NewTopic(
                                                    Manifests.name(topic),
                                                    topic.at("/spec/partitions").asInt(),
                                                    (short) 1)
                                            .configs(config);
                                })
                        .toList();
        assertThat(topics).hasSize(3);
        admin.createTopics(topics).all().get();
    }

    private static void setPassword(Admin admin, String user)
            throws ExecutionException, InterruptedException {
        var iterations = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);
        admin.alterUserScramCredentials(
                        List.of(new UserScramCredentialUpsertion(user, iterations, PASSWORD)))
                .all()
                .get();
    }

    /// What a KafkaUser of the chart says that it may, and nothing else.
    private static void allow(Admin admin, Manifests chart, String user, String principal)
            throws ExecutionException, InterruptedException {
        JsonNode of =
                chart.of("KafkaUser")
                        .filter(it -> Manifests.name(it).equals(user))
                        .findFirst()
                        .orElseThrow();
        var allowed = new ArrayList<AclBinding>();
        for (JsonNode acl : of.at("/spec/authorization/acls")) {
            JsonNode resource = acl.path("resource");
            var pattern =
                    new ResourcePattern(
                            ResourceType.fromString(resource.path("type").asText()),
                            resource.path("name").asText(),
                            resource.path("patternType").asText().equals("prefix")
                                    ? PatternType.PREFIXED
                                    : PatternType.LITERAL);
            for (JsonNode operation : acl.path("operations")) {
                allowed.add(
                        new AclBinding(
                                pattern,
                                new AccessControlEntry(
                                        principal,
                                        "*",
                                        operation(operation.asText()),
                                        AclPermissionType.ALLOW)));
            }
        }
        admin.createAcls(allowed).all().get();
    }

    /// Strimzi writes `DescribeConfigs` where Kafka writes `DESCRIBE_CONFIGS`.
    private static AclOperation operation(String name) {
        return AclOperation.fromString(name.replaceAll("(?<=[a-z])(?=[A-Z])", "_"));
    }

    /// The broker does look at who asks.
    private static void assertMayNotWrite(Map<String, String> ledger) {
        Map<String, Object> settings =
                ledger.entrySet().stream()
                        .filter(it -> it.getKey().startsWith("KAFKA_"))
                        .collect(
                                Collectors.toMap(
                                        it ->
                                                it.getKey()
                                                        .substring("KAFKA_".length())
                                                        .toLowerCase(Locale.ROOT)
                                                        .replace('_', '.'),
                                        Map.Entry::getValue));
        try (var producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            assertThatThrownBy(
                            () ->
                                    producer.send(new ProducerRecord<>("claim-events", "not mine"))
                                            .get())
                    .hasCauseInstanceOf(AuthorizationException.class);
        }
    }

    private static URI address() {
        return URI.create("http://127.0.0.1:" + FreePort.any());
    }

    private QuarkusService service(
            String name, StateDirectory state, URI address, Map<String, String> settings) {
        return new QuarkusService(name, Chart.REPOSITORY, state, address, settings, http);
    }

    private HttpResponse<String> publish(String method, URI address, String body, String token)
            throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(address)
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> get(URI at, String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(at.resolve(path)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
