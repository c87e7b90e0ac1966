package parley.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ChartTest {
    private static final Path MINIMAL = Chart.FOLDER.resolve("ci/minimal.yaml");
    private static final Path PRODUCTION = Chart.FOLDER.resolve("ci/production.yaml");
    private static final Path BASE = Chart.REPOSITORY.resolve("deploy/kustomize/base");

    @Test
    void itPassesHelmsStrictLint() {
        var lint = Chart.lint();

        assertThat(lint.isFailed()).as(String.join("\n", lint.getMessages())).isFalse();
    }

    /// A release sets the version in one place for Maven, and here.
    @Test
    void itsVersionIsThatOfTheServices() {
        String version = System.getProperty("parley.version").replace("-SNAPSHOT", "");
        JsonNode chart = Chart.values(Chart.FOLDER.resolve("Chart.yaml"));

        assertThat(chart.path("version").asText()).isEqualTo(version);
        assertThat(chart.path("appVersion").asText()).isEqualTo(version);
        assertThat(Chart.read(Chart.REPOSITORY.resolve("deploy/docker/Dockerfile")))
                .contains("ARG VERSION=" + version + "\n");
        assertThat(Chart.read(Chart.REPOSITORY.resolve("deploy/compose/compose.yaml")))
                .contains("PARLEY_TAG:-" + version + "}");
    }

    @ParameterizedTest
    @MethodSource("parley.deploy.Chart#waysToInstall")
    void itRendersBothServices(Path values) {
        assertThat(Chart.render(values, Map.of()).of("Deployment"))
                .extracting(Manifests::name)
                .containsExactlyInAnyOrder("parley-ingest", "parley-ledger");
    }

    @ParameterizedTest
    @CsvSource({
        "ledger.replica, 2, replica",
        "ingest.replicas, two, replicas",
        "kafka.securityProtocol, TLS, securityProtocol",
        "kafka.authentication, tls, securityProtocol",
        "database.sslMode, verify, sslMode",
        "kafka.bootstrapServers, broker, bootstrapServers",
        "ledger.env.lower_case, x, lower_case",
        "route.kind, loadbalancer, kind",
    })
    void itRefusesAValueThatItDoesNotKnow(String name, String value, String named) {
        assertThatThrownBy(() -> Chart.text(MINIMAL, Map.of(name, value)))
                .hasMessageContaining("values don't meet the specifications of the schema")
                .hasMessageContaining(named);
    }

    @ParameterizedTest
    @CsvSource({
        "ingest.publicUrl, '', Set ingest.publicUrl",
        "database.secret, '', Set database.secret",
        "database.host, '', Set database.host",
        "database.sslMode, verify-full, Set database.caSecret",
        "kafka.bootstrapServers, '', Set kafka.bootstrapServers",
        "tokens.publicKeySecret, '', Set tokens.issuer",
        "strimzi.topics, true, Set strimzi.cluster",
        "route.kind, gateway, Set route.",
    })
    void itSaysWhatIsToBeSet(String name, String value, String says) {
        assertThatThrownBy(() -> Chart.text(MINIMAL, Map.of(name, value)))
                .hasMessageContaining(says);
    }

    @Test
    void itRefusesMoreReplicasOfTheLedgerThanThereArePartitions() {
        assertThatThrownBy(
                        () ->
                                Chart.text(
                                        PRODUCTION, Map.of("ledger.autoscaling.maxReplicas", "13")))
                .hasMessageContaining("13, but the topics have 12 partitions");
    }

    @Test
    void topicsOfStrimziAreWhatIngestWouldMake() {
        var topics = Chart.render(PRODUCTION, Map.of()).of("KafkaTopic").toList();

        assertThat(topics)
                .extracting(Manifests::name)
                .containsExactly("conflicts", "exchange-events", "claim-events");
        assertThat(topics)
                .allSatisfy(
                        topic -> {
                            JsonNode config = topic.at("/spec/config");
                            assertThat(config.path("message.timestamp.type").asText())
                                    .isEqualTo("LogAppendTime");
                            assertThat(config.path("retention.ms").asLong()).isEqualTo(-1);
                            assertThat(config.path("retention.bytes").asLong()).isEqualTo(-1);
                            assertThat(config.path("min.insync.replicas").asInt()).isEqualTo(2);
                        });
        assertThat(topics.getFirst().at("/spec/config/min.compaction.lag.ms").asLong())
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void anUninstallationLeavesTheLog() {
        assertThat(Chart.render(PRODUCTION, Map.of()).of("KafkaTopic"))
                .isNotEmpty()
                .allMatch(
                        topic ->
                                topic.at("/metadata/annotations/helm.sh~1resource-policy")
                                        .asText()
                                        .equals("keep"));
    }

    /// `-Dparley.render=true` writes it anew.
    @Test
    void theYamlForKustomizeIsWhatTheChartRenders() throws IOException {
        Path file = BASE.resolve("parley.yaml");
        String rendered =
                "# Rendered from deploy/helm/parley with values.yaml beside this file, as CONTRIBUTING.md\n"
                        + "# says under Release: change the chart, not this.\n"
                        + Chart.withoutHelm(Chart.text(BASE.resolve("values.yaml"), Map.of()));
        if (Boolean.getBoolean("parley.render")) {
            Files.writeString(file, rendered);
        }

        assertThat(Chart.read(file)).isEqualTo(rendered);
    }

    /// Of two of one name, which one holds is up to whoever applies them.
    @ParameterizedTest
    @CsvSource({
        "ingest, KAFKA_BOOTSTRAP_SERVERS, elsewhere:9092",
        "ingest, QUARKUS_OIDC_AUTH_SERVER_URL, https://other.example",
        "ingest, PARLEY_PUBLIC_URL, https://other.example",
        "ledger, QUARKUS_DATASOURCE_USERNAME, other",
        "ledger, PARLEY_LEDGER_HEALTH_LAG_MAX, 7M",
        "ledger, QUARKUS_SHUTDOWN_DELAY, 1S",
    })
    void aVariableThatTheOperatorSetsStandsThereOnceAndAsHeSetsIt(
            String component, String name, String value) {
        Manifests installation =
                Chart.render(PRODUCTION, Map.of(component + ".env." + name, value));

        assertThat(installation.pods().filter(it -> it.name().equals("parley-" + component)))
                .singleElement()
                .satisfies(
                        pod ->
                                assertThat(
                                                pod.containers()
                                                        .flatMap(it -> it.path("env").valueStream())
                                                        .filter(
                                                                it ->
                                                                        it.path("name")
                                                                                .asText()
                                                                                .equals(name)))
                                        .singleElement()
                                        .isEqualTo(
                                                JsonNodeFactory.instance
                                                        .objectNode()
                                                        .put("name", name)
                                                        .put("value", value)));
    }

    /// Of secrets the values hold names, and so does what is rendered.
    @ParameterizedTest
    @MethodSource("parley.deploy.Chart#installations")
    void noSecretStandsInAnEnvironmentVariable(Manifests installation) {
        assertThat(
                        installation
                                .pods()
                                .flatMap(Manifests.Pod::containers)
                                .flatMap(it -> it.path("env").valueStream())
                                .filter(it -> it.has("value"))
                                .map(it -> it.path("name").asText()))
                .isNotEmpty()
                .noneMatch(name -> name.endsWith("PASSWORD") || name.endsWith("JAAS_CONFIG"));
    }
}
