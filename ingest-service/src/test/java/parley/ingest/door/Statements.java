package parley.ingest.door;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import parley.contract.ContractDocuments;
import parley.contract.EventType;

/// Statements as the published JSON Schemas allow them, at random: what the schemas gain, these
/// gain.
final class Statements {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final int GENERATOR_SIZE = 1_000;

    private final Map<String, JsonNode> documents = new HashMap<>();

    Statements() {
        var json = new JsonMapper();
        for (String name : ContractDocuments.schemaNames()) {
            try {
                documents.put(
                        name,
                        json.readTree(
                                new String(ContractDocuments.schema(name).orElseThrow(), UTF_8)));
            } catch (JsonProcessingException broken) {
                throw new IllegalStateException(name, broken);
            }
        }
    }

    /// Makes one more.
    interface Maker {
        JsonNode make(Random random);

        static Maker oneOf(List<? extends Maker> makers) {
            return random -> makers.get(random.nextInt(makers.size())).make(random);
        }

        static Maker of(Arbitrary<? extends JsonNode> arbitrary) {
            var generator = arbitrary.generator(GENERATOR_SIZE);
            return random -> generator.next(random).value();
        }
    }

    /// The `data` of an event of that type.
    Maker of(EventType type) {
        return of(type.wire(), document(type.wire()));
    }

    private Maker of(String document, JsonNode schema) {
        if (schema.has("$ref")) {
            String[] reference = schema.path("$ref").asText().split("#", 2);
            String name = reference[0].isEmpty() ? document : reference[0];
            return of(name, document(name).at(reference[1]));
        }
        if (schema.has("allOf")) {
            return Maker.oneOf(
                    schema.path("allOf")
                            .valueStream()
                            .map(kind -> of(document, kind.path("then")))
                            .toList());
        }
        if (schema.has("const")) {
            return _ -> schema.path("const");
        }
        if (schema.has("enum")) {
            return Maker.of(Arbitraries.of(schema.path("enum").valueStream().toList()));
        }
        if (schema.path("type").isArray()) {
            Maker typed = typed(document, schema, schema.path("type").path(0).asText());
            return random -> random.nextInt(10) == 0 ? NODES.nullNode() : typed.make(random);
        }
        return typed(document, schema, schema.path("type").asText());
    }

    private Maker typed(String document, JsonNode schema, String type) {
        return switch (type) {
            case "object" -> object(document, schema);
            case "array" -> {
                Maker item = of(document, schema.path("items"));
                int least = schema.path("minItems").asInt(0);
                yield random -> {
                    ArrayNode array = NODES.arrayNode();
                    for (int more = random.nextInt(least, 4); more > 0; more--) {
                        array.add(item.make(random));
                    }
                    return array;
                };
            }
            case "integer" ->
                    Maker.of(
                            Arbitraries.integers()
                                    .between(
                                            schema.path("minimum").asInt(0),
                                            schema.path("maximum").asInt(10))
                                    .map(NODES::numberNode));
            case "boolean" -> Maker.of(Arbitraries.of(true, false).map(NODES::booleanNode));
            case "string" -> Maker.of(text(schema).map(NODES::textNode));
            default -> throw new IllegalStateException("A type without a maker: " + schema);
        };
    }

    private Maker object(String document, JsonNode schema) {
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        Map<String, Maker> fields = new LinkedHashMap<>();
        schema.path("properties")
                .properties()
                .forEach(field -> fields.put(field.getKey(), field(document, field)));
        return random -> {
            ObjectNode object = NODES.objectNode();
            fields.forEach(
                    (name, maker) -> {
                        if (required.contains(name) || random.nextBoolean()) {
                            object.set(name, maker.make(random));
                        }
                    });
            return object;
        };
    }

    private Maker field(String document, Map.Entry<String, JsonNode> field) {
        return field.getKey().equals("conflict")
                ? random -> NODES.textNode(random.nextInt(20) == 0 ? "elsewhere" : "ru-ua")
                : of(document, field.getValue());
    }

    private static Arbitrary<String> text(JsonNode schema) {
        String pattern = schema.path("pattern").asText("");
        if (pattern.startsWith("^[A-Z0-9-]")) {
            return Arbitraries.of("UA", "RU", "TR", "RU", "UA", "X-1");
        }
        if (pattern.startsWith("^[0-9]{4}")) {
            return Arbitraries.of(
                    "2025-07-17", "2025-06", "2025", "2025-06-11/2025-06-16", "2024-02-29");
        }
        if (pattern.startsWith("^https")) {
            return Arbitraries.strings()
                    .withChars("abc/?#[]@!$&'()*+,;=%20é^ ")
                    .ofMaxLength(6)
                    .map(path -> "https://example.org/" + path);
        }
        if (!pattern.isEmpty() && !pattern.equals("\\S")) {
            return Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(8);
        }
        return Arbitraries.strings()
                .all()
                .ofMaxLength(Math.min(schema.path("maxLength").asInt(40), 40))
                .map(text -> "a" + text);
    }

    private JsonNode document(String name) {
        return Optional.ofNullable(documents.get(name)).orElseThrow();
    }
}
