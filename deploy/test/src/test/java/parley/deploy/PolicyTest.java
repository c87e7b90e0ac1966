package parley.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parley.deploy.Manifests.Pod;

/// What an operator asks of every pod, for every way to install it. The restricted profile is that
/// of the Pod Security Standards.
class PolicyTest {
    private static final Set<String> ALLOWED_VOLUMES =
            Set.of("configMap", "emptyDir", "projected", "secret");

    static List<Manifests> installations() {
        return Chart.installations();
    }

    @ParameterizedTest
    @MethodSource("installations")
    void everyPodMeetsTheRestrictedProfile(Manifests installation) {
        assertThat(installation.pods().toList()).hasSize(2).allSatisfy(PolicyTest::isRestricted);
    }

    private static void isRestricted(Pod pod) {
        JsonNode own = pod.spec().path("securityContext");
        assertThat(own.path("runAsNonRoot").asBoolean()).isTrue();
        assertThat(own.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        assertThat(own.path("runAsUser").asInt(1)).isPositive();
        assertThat(Stream.of("hostNetwork", "hostPID", "hostIPC"))
                .noneMatch(field -> pod.spec().path(field).asBoolean());
        assertThat(pod.spec().path("automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(pod.spec().path("volumes").valueStream())
                .allMatch(
                        volume ->
                                volume.propertyStream()
                                        .map(Map.Entry::getKey)
                                        .filter(key -> !key.equals("name"))
                                        .allMatch(ALLOWED_VOLUMES::contains));
        assertThat(pod.containers().toList())
                .isNotEmpty()
                .allSatisfy(
                        container -> {
                            JsonNode context = container.path("securityContext");
                            assertThat(context.path("allowPrivilegeEscalation").asBoolean(true))
                                    .isFalse();
                            assertThat(context.path("readOnlyRootFilesystem").asBoolean()).isTrue();
                            assertThat(context.at("/capabilities/drop").toString())
                                    .isEqualTo("[\"ALL\"]");
                            assertThat(context.has("privileged")).isFalse();
                        });
    }

    @ParameterizedTest
    @MethodSource("installations")
    void everyServiceIsProbedAsItAsksToBe(Manifests installation) {
        assertThat(installation.of("Deployment").map(it -> container(it)))
                .hasSize(2)
                .allSatisfy(
                        container -> {
                            assertThat(probe(container, "startupProbe"))
                                    .isEqualTo("/q/health/started");
                            assertThat(probe(container, "livenessProbe"))
                                    .isEqualTo("/q/health/live");
                            assertThat(probe(container, "readinessProbe"))
                                    .isEqualTo("/q/health/ready");
                        });
    }

    /// The path that a probe asks for, at a port that the container names.
    private static String probe(JsonNode container, String probe) {
        JsonNode get = container.path(probe).path("httpGet");
        assertThat(ports(container)).contains(get.path("port").asText());
        return get.path("path").asText();
    }

    /// A first start reads the whole log: it is not killed for that.
    @Test
    void theLedgerMayTakeAsLongToStartAsIsSaid() {
        var ledger =
                Chart.render(
                                Chart.FOLDER.resolve("ci/minimal.yaml"),
                                Map.of("ledger.startSeconds", "7202"))
                        .of("Deployment")
                        .filter(it -> Manifests.name(it).endsWith("ledger"))
                        .findFirst()
                        .orElseThrow();
        JsonNode probe = container(ledger).path("startupProbe");

        assertThat(probe.path("periodSeconds").asInt() * probe.path("failureThreshold").asInt())
                .isBetween(7202, 7206);
        assertThat(ledger.at("/spec/progressDeadlineSeconds").asInt()).isGreaterThan(7206);
    }

    /// The kubelet kills no process that still drains: what it goes on for, and what it then gives
    /// to what is under way (15 seconds at most, by its own settings).
    @ParameterizedTest
    @MethodSource("installations")
    void noPodIsKilledWhileItDrains(Manifests installation) {
        assertThat(installation.of("Deployment"))
                .allSatisfy(
                        deployment -> {
                            String delay =
                                    env(container(deployment))
                                            .getOrDefault("QUARKUS_SHUTDOWN_DELAY", "no delay");
                            int seconds = Integer.parseInt(delay.substring(0, delay.length() - 1));
                            assertThat(
                                            deployment
                                                    .at(
                                                            "/spec/template/spec/terminationGracePeriodSeconds")
                                                    .asInt())
                                    .isGreaterThan(seconds + 15);
                        });
    }

    @ParameterizedTest
    @MethodSource("installations")
    void memoryIsAskedForAsItIsLimited(Manifests installation) {
        assertThat(installation.pods().flatMap(Pod::containers))
                .allSatisfy(
                        container -> {
                            JsonNode resources = container.path("resources");
                            assertThat(resources.at("/requests/memory"))
                                    .isEqualTo(resources.at("/limits/memory"))
                                    .isInstanceOf(TextNode.class);
                            assertThat(resources.at("/requests/cpu").asText()).isNotEmpty();
                        });
    }

    @ParameterizedTest
    @MethodSource("installations")
    void disruptionsAreBoundedWhereThereIsMoreThanOneReplica(Manifests installation) {
        Set<String> bounded =
                installation
                        .of("PodDisruptionBudget")
                        .map(Manifests::name)
                        .collect(Collectors.toSet());

        assertThat(installation.of("Deployment"))
                .allSatisfy(
                        it ->
                                assertThat(bounded.contains(Manifests.name(it)))
                                        .isEqualTo(it.at("/spec/replicas").asInt(2) > 1));
    }

    /// Two hands on one wheel: an upgrade would undo what the scaler did.
    @ParameterizedTest
    @MethodSource("installations")
    void noReplicasAreSetWhereAScalerSetsThem(Manifests installation) {
        Set<String> scaled =
                Stream.of("HorizontalPodAutoscaler", "ScaledObject")
                        .flatMap(installation::of)
                        .map(it -> it.at("/spec/scaleTargetRef/name").asText())
                        .collect(Collectors.toSet());

        assertThat(installation.of("Deployment"))
                .allSatisfy(
                        it ->
                                assertThat(it.at("/spec").has("replicas"))
                                        .isNotEqualTo(scaled.contains(Manifests.name(it))));
    }

    /// A Deployment's selector is never changed: nothing that changes with a version is in it.
    @ParameterizedTest
    @MethodSource("installations")
    void selectorsMatchTheirPodsAndHoldNoVersion(Manifests installation) {
        List<Pod> pods = installation.pods().toList();

        assertThat(installation.of("Deployment"))
                .allSatisfy(
                        it -> {
                            JsonNode selector = it.at("/spec/selector/matchLabels");
                            assertThat(matching(pods, selector))
                                    .containsExactly(Manifests.name(it));
                            assertThat(selector.has("app.kubernetes.io/version")).isFalse();
                            assertThat(selector.has("helm.sh/chart")).isFalse();
                        });
        assertThat(installation.of("Service"))
                .hasSize(2)
                .allSatisfy(
                        it ->
                                assertThat(matching(pods, it.at("/spec/selector")))
                                        .containsExactly(Manifests.name(it)));
    }

    private static List<String> matching(List<Pod> pods, JsonNode labels) {
        return pods.stream().filter(pod -> pod.isMatchedBy(labels)).map(Pod::name).toList();
    }

    @ParameterizedTest
    @MethodSource("installations")
    void namedPortsAreThere(Manifests installation) {
        List<Pod> pods = installation.pods().toList();

        assertThat(installation.of("Service"))
                .allSatisfy(
                        service ->
                                assertThat(
                                                pods.stream()
                                                        .filter(
                                                                pod ->
                                                                        pod.isMatchedBy(
                                                                                service.at(
                                                                                        "/spec/selector")))
                                                        .flatMap(Pod::containers)
                                                        .flatMap(it -> ports(it).stream()))
                                        .containsAll(
                                                service.at("/spec/ports")
                                                        .valueStream()
                                                        .map(it -> it.path("targetPort").asText())
                                                        .toList()));
        assertThat(installation.of("PodMonitor"))
                .allSatisfy(
                        monitor ->
                                assertThat(monitor.at("/spec/podMetricsEndpoints").valueStream())
                                        .allMatch(it -> it.path("port").asText().equals("http")));
    }

    @ParameterizedTest
    @MethodSource("installations")
    void aNetworkPolicyCoversEachServiceWherePoliciesAreOn(Manifests installation) {
        List<JsonNode> policies = installation.of("NetworkPolicy").toList();

        if (policies.isEmpty()) {
            assertThat(installation.of()).isEqualTo("openshift.yaml");
            return;
        }
        assertThat(
                        installation
                                .pods()
                                .filter(pod -> !pod.owner().path("kind").asText().equals("Pod")))
                .allMatch(
                        pod ->
                                policies.stream()
                                        .map(it -> it.at("/spec/podSelector/matchLabels"))
                                        .anyMatch(pod::isMatchedBy));
    }

    /// Health and metrics are for the cluster, not for whoever reads.
    @ParameterizedTest
    @MethodSource("installations")
    void noRouteLeadsToOperationsFromOutside(Manifests installation) {
        Stream<JsonNode> gateways =
                installation
                        .of("HTTPRoute")
                        .flatMap(it -> it.at("/spec/rules").valueStream())
                        .flatMap(it -> it.path("matches").valueStream())
                        .map(it -> it.path("path"));
        Stream<JsonNode> ingresses =
                installation
                        .of("Ingress")
                        .flatMap(it -> it.at("/spec/rules").valueStream())
                        .flatMap(it -> it.at("/http/paths").valueStream());

        assertThat(Stream.concat(gateways, ingresses))
                .allSatisfy(
                        path -> {
                            String value =
                                    path.has("value") ? text(path, "value") : text(path, "path");
                            String type =
                                    path.has("type") ? text(path, "type") : text(path, "pathType");
                            assertThat(value.equals("/") && !type.equals("Exact")).isFalse();
                            assertThat(value).doesNotStartWith("/q");
                        });
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText();
    }

    private static JsonNode container(JsonNode deployment) {
        return deployment.at("/spec/template/spec/containers").path(0);
    }

    private static List<String> ports(JsonNode container) {
        return container.path("ports").valueStream().map(it -> it.path("name").asText()).toList();
    }

    private static Map<String, String> env(JsonNode container) {
        return container
                .path("env")
                .valueStream()
                .collect(
                        Collectors.toMap(
                                it -> it.path("name").asText(), it -> it.path("value").asText()));
    }
}
