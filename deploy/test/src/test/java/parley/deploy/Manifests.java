package parley.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

/// Objects of Kubernetes, as a file of YAML documents holds them.
///
/// @param of what they come from, for whoever reads a failure
record Manifests(String of, List<JsonNode> all) {
    private static final YAMLMapper YAML = new YAMLMapper();

    static Manifests read(String of, String documents) {
        try (var parser = YAML.getFactory().createParser(documents)) {
            return new Manifests(
                    of,
                    YAML.readerFor(JsonNode.class).<JsonNode>readValues(parser).readAll().stream()
                            .filter(JsonNode::isObject)
                            .toList());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(of, unreadable);
        }
    }

    static JsonNode parse(String document) {
        try {
            return YAML.readTree(document);
        } catch (JsonProcessingException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    Stream<JsonNode> of(String kind) {
        return all.stream().filter(it -> it.path("kind").asText().equals(kind));
    }

    /// What makes pods, by the template of the pod.
    Stream<Pod> pods() {
        return Stream.concat(
                of("Deployment").map(it -> new Pod(it, it.at("/spec/template"))),
                of("Pod").map(it -> new Pod(it, it)));
    }

    /// @param owner the object that makes it
    record Pod(JsonNode owner, JsonNode template) {
        String name() {
            return Manifests.name(owner);
        }

        JsonNode spec() {
            return template.path("spec");
        }

        JsonNode labels() {
            return template.at("/metadata/labels");
        }

        Stream<JsonNode> containers() {
            return Stream.of("initContainers", "containers")
                    .flatMap(kind -> spec().path(kind).valueStream());
        }

        /// Whether a selector's `matchLabels` are among its labels.
        boolean isMatchedBy(JsonNode matchLabels) {
            return !matchLabels.isEmpty()
                    && matchLabels
                            .propertyStream()
                            .allMatch(
                                    label ->
                                            label.getValue().equals(labels().path(label.getKey())));
        }

        @Override
        public String toString() {
            return name();
        }
    }

    static String name(JsonNode object) {
        return object.at("/metadata/name").asText();
    }

    @Override
    public String toString() {
        return of;
    }
}
