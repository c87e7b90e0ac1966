package parley.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every field is one that Kubernetes, the Gateway API or Strimzi knows, and of its type.
class FieldsTest {
    /// No Java model of these is published: `check.sh` holds them against their schemas.
    private static final Set<String> WITHOUT_A_MODEL =
            Set.of(
                    "ScaledObject",
                    "PodMonitor",
                    "PrometheusRule",
                    "Cluster",
                    "ScheduledBackup",
                    "ExternalSecret");

    private static final Map<String, Class<?>> STRIMZI =
            Map.of(
                    Kafka.RESOURCE_KIND, Kafka.class,
                    KafkaNodePool.RESOURCE_KIND, KafkaNodePool.class,
                    KafkaTopic.RESOURCE_KIND, KafkaTopic.class,
                    KafkaUser.RESOURCE_KIND, KafkaUser.class);

    private static final KubernetesSerialization KINDS = new KubernetesSerialization();
    private static final ObjectMapper STRICT =
            JsonMapper.builder()
                    .annotationIntrospector(new NoPlaceForOthers())
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    /// The models take fields that they do not know, and keep them: here they may not.
    private static final class NoPlaceForOthers extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    }

    static Stream<Manifests> everything() throws Exception {
        Stream<Manifests> platform;
        try (var files = Files.walk(Chart.REPOSITORY.resolve("deploy/platform"))) {
            platform =
                    files
                            .filter(file -> file.toString().endsWith(".yaml"))
                            .sorted()
                            .map(it -> Manifests.read(it.toString(), Chart.read(it)))
                            .toList()
                            .stream();
        }
        return Stream.concat(Chart.installations().stream(), platform);
    }

    @ParameterizedTest
    @MethodSource("everything")
    void everyFieldIsOneThatIsKnown(Manifests manifests) {
        assertThat(manifests.all()).isNotEmpty().allSatisfy(FieldsTest::parse);
    }

    @Test
    void aMisspeltFieldIsFound() {
        ObjectNode deployment = deployment();
        ObjectNode container = (ObjectNode) deployment.at("/spec/template/spec/containers").path(0);
        container.set("readynessProbe", container.remove("readinessProbe"));

        assertThatThrownBy(() -> parse(deployment)).hasMessageContaining("readynessProbe");
    }

    @Test
    void aNumberThatIsAWordIsFound() {
        ObjectNode deployment = deployment();
        ((ObjectNode) deployment.path("spec")).put("replicas", "two");

        assertThatThrownBy(() -> parse(deployment)).hasMessageContaining("replicas");
    }

    private static ObjectNode deployment() {
        return (ObjectNode)
                Chart.render(Chart.FOLDER.resolve("ci/minimal.yaml"), Map.of())
                        .of("Deployment")
                        .findFirst()
                        .orElseThrow();
    }

    private static void parse(JsonNode object) {
        String kind = object.path("kind").asText();
        Class<?> model = model(object.path("apiVersion").asText(), kind);
        if (model == null) {
            assertThat(WITHOUT_A_MODEL).as("kinds that are not checked here").contains(kind);
            return;
        }
        assertThatCode(() -> strictly(object, model))
                .as("%s %s", kind, Manifests.name(object))
                .doesNotThrowAnyException();
    }

    private static void strictly(JsonNode object, Class<?> model) throws JsonProcessingException {
        STRICT.treeToValue(object, model);
    }

    private static @Nullable Class<?> model(String apiVersion, String kind) {
        return apiVersion.equals("kafka.strimzi.io/v1")
                ? STRIMZI.get(kind)
                : KINDS.getRegisteredKubernetesResource(apiVersion, kind);
    }
}
