package parley.ingest.statement;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.regex.RegularExpression;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import parley.contract.ContractDocuments;
import parley.contract.EventType;

/// Holds `data` against the published JSON Schema of its event type.
final class SchemaCheck {
    /// Only a name: the schemas come from the contract's jar, never over the net.
    private static final String BASE = "https://parley.invalid/v1/schemas/";

    private final Map<EventType, JsonSchema> schemas = new EnumMap<>(EventType.class);
    private final SchemaSentences sentences;

    SchemaCheck() {
        Map<String, String> texts = new HashMap<>();
        Map<String, String> textsByAddress = new HashMap<>();
        for (String name : ContractDocuments.schemaNames()) {
            String text = new String(ContractDocuments.schema(name).orElseThrow(), UTF_8);
            texts.put(name, text);
            textsByAddress.put(BASE + name, text);
        }
        sentences = new SchemaSentences(BASE, texts);
        var factory =
                JsonSchemaFactory.getInstance(
                        VersionFlag.V202012,
                        builder -> builder.schemaLoaders(from -> from.schemas(textsByAddress)));
        var config =
                SchemaValidatorsConfig.builder()
                        .pathType(PathType.JSON_POINTER)
                        .formatAssertionsEnabled(false) // The rules look closer at addresses.
                        .regularExpressionFactory(SchemaCheck::regularExpression)
                        .build();
        for (EventType type : EventType.values()) {
            JsonSchema schema = factory.getSchema(SchemaLocation.of(BASE + type.wire()), config);
            schema.initializeValidators();
            schemas.put(type, schema);
        }
    }

    void check(EventType type, JsonNode data, Findings findings) {
        JsonSchema schema = schemas.get(type);
        if (schema == null) {
            throw new IllegalStateException("No schema for " + type);
        }
        for (ValidationMessage message : schema.validate(data)) {
            Fault fault = sentences.fault(message);
            findings.add(fault.pointer(), fault.detail());
        }
    }

    /// The library's own lets a line feed pass before `$`.
    private static RegularExpression regularExpression(String regex) {
        Pattern pattern =
                Pattern.compile(
                        regex.endsWith("$")
                                ? regex.substring(0, regex.length() - 1) + "\\z"
                                : regex);
        return value -> pattern.matcher(value).find();
    }
}
