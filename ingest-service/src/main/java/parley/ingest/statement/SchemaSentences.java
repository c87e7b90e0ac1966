package parley.ingest.statement;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.ValidationMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Says in a sentence what a schema found: the schemas' own descriptions say what is allowed.
final class SchemaSentences {
    private final String base;
    private final Map<String, JsonNode> documents = new HashMap<>();

    SchemaSentences(String base, Map<String, String> schemas) {
        this.base = base;
        var json = new JsonMapper();
        schemas.forEach(
                (name, text) -> {
                    try {
                        documents.put(name, json.readTree(text));
                    } catch (JsonProcessingException broken) {
                        throw new IllegalStateException("Schema " + name, broken);
                    }
                });
    }

    Fault fault(ValidationMessage message) {
        String pointer = message.getInstanceLocation().toString();
        JsonNode schema = enclosing(message);
        String property = message.getProperty() == null ? "" : message.getProperty();
        return switch (message.getType()) {
            case "required" ->
                    new Fault(
                            pointer + "/" + escaped(property),
                            "`" + property + "` is missing" + meaning(schema, property));
            case "additionalProperties" ->
                    new Fault(pointer + "/" + escaped(property), unknownField(property, schema));
            default -> new Fault(pointer, sentence(message, schema));
        };
    }

    private String sentence(ValidationMessage message, JsonNode schema) {
        JsonNode found = message.getInstanceNode();
        String allowed = ". Allowed is: " + allowed(schema);
        return switch (message.getType()) {
            case "enum" -> notOneOf(found, schema);
            case "type", "pattern", "minimum", "maximum" -> "Found " + Found.in(found) + allowed;
            case "maxLength" ->
                    "Found %d characters, more than %d"
                                    .formatted(characters(found), schema.path("maxLength").asInt())
                            + allowed;
            case "minItems" ->
                    "Found %d of at least %d"
                                    .formatted(found.size(), schema.path("minItems").asInt())
                            + allowed;
            case "maxItems" ->
                    "Found %d, more than %d"
                                    .formatted(found.size(), schema.path("maxItems").asInt())
                            + allowed;
            case "uniqueItems" -> "Found an item twice" + allowed;
            default -> String.valueOf(message.getMessage());
        };
    }

    private String unknownField(String property, JsonNode schema) {
        List<String> fields = new ArrayList<>();
        schema.path("properties").fieldNames().forEachRemaining(fields::add);
        return Found.in(property)
                + " is not a field here."
                + Nearest.didYouMean(property, fields)
                + " The fields are: "
                + String.join(", ", fields);
    }

    private static String notOneOf(JsonNode found, JsonNode schema) {
        List<String> words = new ArrayList<>();
        for (JsonNode word : schema.path("enum")) {
            if (word.isTextual()) {
                words.add(word.textValue());
            }
        }
        return "Found "
                + Found.in(found)
                + "."
                + (found.isTextual() ? Nearest.didYouMean(found.textValue(), words) : "")
                + " Allowed is one of: "
                + String.join(", ", words);
    }

    private String meaning(JsonNode schema, String property) {
        JsonNode field = schema.path("properties").path(property);
        String description = allowed(field);
        return description.isEmpty() ? "." : ". Wanted is: " + description;
    }

    private String allowed(@Nullable JsonNode schema) {
        if (schema == null) {
            return "";
        }
        if (schema.has("description")) {
            return schema.path("description").asText();
        }
        String reference = schema.path("$ref").asText("");
        int hash = reference.indexOf('#');
        return hash < 0
                ? ""
                : documents
                        .getOrDefault("common", schema)
                        .at(reference.substring(hash + 1))
                        .path("description")
                        .asText("");
    }

    /// The schema that holds the keyword which found fault.
    private JsonNode enclosing(ValidationMessage message) {
        String location = message.getSchemaLocation().toString();
        int hash = location.indexOf('#');
        String name = location.substring(base.length(), hash);
        JsonPointer keyword = JsonPointer.compile(location.substring(hash + 1));
        return documents.getOrDefault(name, message.getSchemaNode()).at(keyword.head());
    }

    private static int characters(JsonNode found) {
        String text = found.asText();
        return text.codePointCount(0, text.length());
    }

    /// A field's name as a JSON Pointer writes it.
    static String escaped(String property) {
        return property.replace("~", "~0").replace("/", "~1");
    }
}
