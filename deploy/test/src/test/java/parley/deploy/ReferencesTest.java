package parley.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever is named is there: Secrets that the operator names or Strimzi makes, volumes, accounts,
/// and the rights to topics and groups.
class ReferencesTest {
    private static final Path PRODUCTION = Chart.FOLDER.resolve("ci/production.yaml");
    private static final Map<String, Set<String>> KEYS_OF_A_USER =
            Map.of(
                    "tls", Set.of("ca.crt", "user.crt", "user.key", "user.p12", "user.password"),
                    "scram-sha-512", Set.of("password", "sasl.jaas.config"));

    @ParameterizedTest
    @MethodSource("parley.deploy.Chart#waysToInstall")
    void everySecretIsNamedByTheOperatorOrMadeByStrimzi(Path values) {
        Manifests installation = Chart.render(values, Map.of());
        JsonNode given = Chart.values(values);
        Set<String> provided = new HashSet<>();
        given.findValuesAsText("secret").forEach(provided::add);
        for (String field :
                List.of("caSecret", "ingestUserSecret", "ledgerUserSecret", "publicKeySecret")) {
            provided.addAll(given.findValuesAsText(field));
        }
        installation.of("KafkaUser").map(Manifests::name).forEach(provided::add);
        String cluster = given.at("/strimzi/cluster").asText();
        if (!cluster.isEmpty()) {
            provided.add(cluster + "-cluster-ca-cert");
        }

        assertThat(secrets(installation).map(Reference::secret)).isNotEmpty().isSubsetOf(provided);
    }

    /// @param key what is read of it, or nothing where all is
    private record Reference(String secret, String key) {}

    private static Stream<Reference> secrets(Manifests installation) {
        Stream<Reference> variables =
                installation
                        .pods()
                        .flatMap(Manifests.Pod::containers)
                        .flatMap(it -> it.path("env").valueStream())
                        .map(it -> it.at("/valueFrom/secretKeyRef"))
                        .filter(JsonNode::isObject)
                        .map(it -> new Reference(text(it, "name"), text(it, "key")));
        Stream<Reference> volumes =
                installation
                        .pods()
                        .flatMap(it -> it.spec().path("volumes").valueStream())
                        .map(it -> it.path("secret"))
                        .filter(JsonNode::isObject)
                        .flatMap(
                                it ->
                                        it.has("items")
                                                ? it.path("items")
                                                        .valueStream()
                                                        .map(
                                                                item ->
                                                                        new Reference(
                                                                                text(
                                                                                        it,
                                                                                        "secretName"),
                                                                                text(item, "key")))
                                                : Stream.of(
                                                        new Reference(text(it, "secretName"), "")));
        return Stream.concat(variables, volumes);
    }

    @ParameterizedTest
    @MethodSource("parley.deploy.Chart#installations")
    void aUsersSecretIsReadByTheKeysThatStrimziWrites(Manifests installation) {
        Map<String, String> users =
                installation
                        .of("KafkaUser")
                        .collect(
                                Collectors.toMap(
                                        Manifests::name,
                                        it -> it.at("/spec/authentication/type").asText()));

        assertThat(secrets(installation).filter(it -> users.containsKey(it.secret())))
                .allSatisfy(
                        it ->
                                assertThat(KEYS_OF_A_USER.get(users.get(it.secret())))
                                        .contains(it.key()));
    }

    @ParameterizedTest
    @MethodSource("parley.deploy.Chart#installations")
    void whatIsMountedIsAVolumeAndWhoRunsItAnAccount(Manifests installation) {
        Set<String> accounts =
                installation.of("ServiceAccount").map(Manifests::name).collect(Collectors.toSet());

        assertThat(installation.of("Deployment"))
                .allSatisfy(
                        it -> {
                            JsonNode pod = it.at("/spec/template/spec");
                            Set<String> volumes =
                                    pod.path("volumes")
                                            .valueStream()
                                            .map(volume -> text(volume, "name"))
                                            .collect(Collectors.toSet());
                            assertThat(
                                            pod.at("/containers/0/volumeMounts")
                                                    .valueStream()
                                                    .map(mount -> text(mount, "name")))
                                    .containsExactlyInAnyOrderElementsOf(volumes);
                            assertThat(accounts).contains(text(pod, "serviceAccountName"));
                        });
    }

    /// A file that a variable names is in a folder that is mounted.
    @ParameterizedTest
    @MethodSource("parley.deploy.Chart#installations")
    void aFileThatAVariableNamesIsMounted(Manifests installation) {
        assertThat(
                        installation
                                .of("Deployment")
                                .map(it -> it.at("/spec/template/spec/containers/0")))
                .allSatisfy(
                        container -> {
                            List<String> folders =
                                    container
                                            .path("volumeMounts")
                                            .valueStream()
                                            .map(it -> text(it, "mountPath") + "/")
                                            .toList();
                            assertThat(
                                            container
                                                    .path("env")
                                                    .valueStream()
                                                    .map(it -> text(it, "value"))
                                                    .filter(it -> it.contains("/etc/parley/"))
                                                    .map(
                                                            it ->
                                                                    it.substring(
                                                                            it.indexOf(
                                                                                    "/etc/parley/"))))
                                    .allMatch(file -> folders.stream().anyMatch(file::startsWith));
                        });
    }

    @Test
    void eachServiceMayDoWithEachTopicWhatItDoesAndNoMore() {
        Manifests installation = Chart.render(PRODUCTION, Map.of());

        assertThat(rights(installation, "parley-ingest"))
                .isEqualTo(
                        Map.of(
                                "topic conflicts", "Write,Read,Describe,DescribeConfigs",
                                "topic exchange-events", "Write,Describe,DescribeConfigs",
                                "topic claim-events", "Write,Describe,DescribeConfigs"));
        assertThat(rights(installation, "parley-ledger"))
                .isEqualTo(
                        Map.of(
                                "topic conflicts", "Read,Describe",
                                "topic exchange-events", "Read,Describe",
                                "topic claim-events", "Read,Describe",
                                "group parley-ledger-", "Read,Describe"));
    }

    private static Map<String, String> rights(Manifests installation, String user) {
        return installation
                .of("KafkaUser")
                .filter(it -> Manifests.name(it).equals(user))
                .flatMap(it -> it.at("/spec/authorization/acls").valueStream())
                .collect(
                        Collectors.toMap(
                                it ->
                                        it.at("/resource/type").asText()
                                                + " "
                                                + it.at("/resource/name").asText(),
                                it ->
                                        it.path("operations")
                                                .valueStream()
                                                .map(JsonNode::asText)
                                                .collect(Collectors.joining(","))));
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText();
    }
}
