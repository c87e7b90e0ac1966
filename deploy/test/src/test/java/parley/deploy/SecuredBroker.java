package parley.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import parley.stack.FreePort;
import parley.stack.LocalKafka;

/// A broker that wants to know who asks, with the topics and users of the chart, as Strimzi makes
/// them: ingest-service has a password, ledger-service a certificate.
final class SecuredBroker implements AutoCloseable {
    private static final Path PRODUCTION = Chart.FOLDER.resolve("ci/production.yaml");
    private static final String PASSWORD = "a-password-of-this-test";
    private static final String JAAS =
            "org.apache.kafka.common.security.scram.ScramLoginModule required";

    private final int sslPort = FreePort.any();
    private final int saslPort = FreePort.any();
    private final Certificates certificates;
    private final Path ledgersKey;
    private final LocalKafka kafka;

    /// Not yet started.
    ///
    /// @param folder empty
    SecuredBroker(Path folder) {
        certificates = new Certificates(folder);
        ledgersKey = certificates.store("parley-ledger");
        kafka =
                new LocalKafka(
                        folder.resolve("kafka"),
                        FreePort.any(),
                        folder.resolve("kafka.log"),
                        Map.of("SSL", sslPort, "SASL_SSL", saslPort),
                        settings());
    }

    private Map<String, String> settings() {
        return Map.of(
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
                JAAS + ";");
    }

    /// Returns when it has the topics, the users, and what these may.
    void start() throws ExecutionException, InterruptedException {
        kafka.start();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            makeTopics(admin, withPassword());
            setPassword(admin, "parley-ingest");
            allow(admin, withPassword(), "parley-ingest", "User:parley-ingest");
            allow(admin, withCertificate(), "parley-ledger", "User:CN=parley-ledger");
        }
    }

    Map<String, String> ofIngest() {
        return settings(withPassword(), "ingest");
    }

    Map<String, String> ofLedger() {
        return settings(withCertificate(), "ledger");
    }

    private Manifests withPassword() {
        return chart("SASL_SSL", "scram-sha-512", saslPort);
    }

    private Manifests withCertificate() {
        return chart("SSL", "tls", sslPort);
    }

    private static Manifests chart(String protocol, String authentication, int port) {
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
                settings.put(name, file(variable.path("value").asText()));
            } else if (name.startsWith("KAFKA_")) {
                if (!secret.path("name").asText().equals(user)) {
                    throw new IllegalStateException("Strimzi makes no Secret " + secret);
                }
                settings.put(name, secret(secret.path("key").asText(), user));
            }
        }
        return settings;
    }

    /// What is mounted there.
    private String file(String value) {
        return switch (value) {
            case "/etc/parley/kafka-ca/ca.crt" -> certificates.authority().toString();
            case "/etc/parley/kafka-user/user.p12" -> ledgersKey.toString();
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

    @Override
    public void close() {
        kafka.close();
    }
}
