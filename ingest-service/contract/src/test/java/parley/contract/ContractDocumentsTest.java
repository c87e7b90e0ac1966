package parley.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ContractDocumentsTest {
    private static final String BASE = "https://parley.invalid/v1/schemas/";
    private static final Path EXAMPLES = Path.of("src/test/resources/parley/contract/examples");
    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonSchemaFactory SCHEMAS = factory();

    /// One of every shape that was ever published: a file here is never changed and never removed.
    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.walk(EXAMPLES)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleEverPublishedIsReadToday(Path example) throws Exception {
        LedgerEvent event = EventCodec.read(type(example), Files.readAllBytes(example));

        assertThat(EventCodec.read(type(example), EventCodec.write(event))).isEqualTo(event);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleHoldsAgainstItsSchema(Path example) throws IOException {
        JsonNode data = JSON.readTree(Files.readAllBytes(example));

        assertThat(schema(type(example)).validate(data)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void whatTheCodecWritesHoldsAgainstTheSchema(Path example) throws Exception {
        LedgerEvent event = EventCodec.read(type(example), Files.readAllBytes(example));

        assertThat(schema(type(example)).validate(JSON.readTree(EventCodec.write(event))))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void everyTypeHasAnExample(EventType type) {
        assertThat(EXAMPLES.resolve(type.wire()).resolve("1.json")).exists();
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void anUnknownFieldIsPassedOverByTheCodecAndRefusedByTheSchema(EventType type)
            throws Exception {
        Path example = EXAMPLES.resolve(type.wire()).resolve("1.json");
        String newer =
                Files.readString(example).replaceFirst("\\{", "{\"weather\": {\"sky\": \"fair\"},");

        assertThat(EventCodec.read(type, newer.getBytes(UTF_8)))
                .isEqualTo(EventCodec.read(type, Files.readAllBytes(example)));
        assertThat(schema(type).validate(JSON.readTree(newer))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "exchange.reported | \"from\": \"RU\"          | \"from\": \"ru\"",
                "exchange.reported | \"count\": 1000           | \"count\": 10000001",
                "exchange.reported | \"count\": 1000           | \"count\": 0.5",
                "exchange.reported | \"count\": 1000           | \"count\": \"1000\"",
                "exchange.reported | \"qualifier\": \"exact\"  | \"qualifier\": \"all\"",
                "exchange.reported | \"category\": \"remains\" | \"category\": \"body\"",
                "exchange.reported | \"occurredOn\": \"2025    | \"occurredOn\": \"25",
                "exchange.reported | \"conflict\": \"ru-ua\"   | \"conflict\": \"ru ua\"",
                "exchange.reported | https://example           | ftp://example",
                "exchange.reported | \"title\"                 | \"titel\"",
                "exchange.retracted | It did not take place.   | ` `",
                "claim.made        | \"kind\": \"count\"       | \"kind\": \"sum\"",
                "claim.made        | \"name\":                 | \"nom\":",
                "conflict.defined  | \"role\": \"third\"       | \"role\": \"host\"",
            })
    void theSchemaRefuses(String type, String found, String replaced) throws IOException {
        EventType known = EventType.of(type).orElseThrow();
        String example = Files.readString(EXAMPLES.resolve(type).resolve("1.json"));
        assertThat(example).contains(found);

        assertThat(schema(known).validate(JSON.readTree(example.replace(found, replaced))))
                .isNotEmpty();
    }

    @Test
    void everyKindOfAssertionRefusesTheFieldsOfAnother() throws IOException {
        for (String kind : new String[] {"statement", "confirmation", "denial", "misidentified"}) {
            JsonNode claim =
                    JSON.readTree(
                            Files.readString(EXAMPLES.resolve("claim.made/1.json"))
                                    .replace("\"count\"", "\"" + kind + "\""));

            assertThat(schema(EventType.CLAIM_MADE).validate(claim)).as(kind).isNotEmpty();
        }
    }

    @Test
    void everySchemaIsOneOf2020AndNamesItself() throws IOException {
        for (String name : ContractDocuments.schemaNames()) {
            JsonNode schema = JSON.readTree(ContractDocuments.schema(name).orElseThrow());

            assertThat(schema.path("$schema").asText())
                    .isEqualTo("https://json-schema.org/draft/2020-12/schema");
            assertThat(schema.path("$id").asText()).isEqualTo(name);
        }
        assertThat(ContractDocuments.schema("../asyncapi")).isEmpty();
    }

    @Test
    void asyncApiHasEveryTypeOnItsTopic() throws IOException {
        JsonNode document = JSON.readTree(ContractDocuments.asyncApi());

        for (EventType type : EventType.values()) {
            JsonNode channel =
                    document.path("channels")
                            .valueStream()
                            .filter(
                                    found ->
                                            found.path("address")
                                                    .asText()
                                                    .equals(type.topic().wire()))
                            .findFirst()
                            .orElseThrow();
            assertThat(
                            channel.path("messages")
                                    .valueStream()
                                    .map(message -> message.path("$ref").asText().substring(1))
                                    .map(document::at)
                                    .filter(
                                            message ->
                                                    message.path("name")
                                                            .asText()
                                                            .equals(type.wire()))
                                    .map(message -> message.at("/payload/schema/$ref").asText()))
                    .containsExactly("schemas/" + type.wire());
        }
        assertThat(document.path("components").path("messages")).hasSize(EventType.values().length);
    }

    private static EventType type(Path example) {
        return EventType.of(EXAMPLES.relativize(example).getName(0).toString()).orElseThrow();
    }

    private static JsonSchema schema(EventType type) {
        return SCHEMAS.getSchema(SchemaLocation.of(BASE + type.wire()));
    }

    private static JsonSchemaFactory factory() {
        Map<String, String> schemas = new HashMap<>();
        for (String name : ContractDocuments.schemaNames()) {
            schemas.put(
                    BASE + name, new String(ContractDocuments.schema(name).orElseThrow(), UTF_8));
        }
        return JsonSchemaFactory.getInstance(
                VersionFlag.V202012,
                builder -> builder.schemaLoaders(loaders -> loaders.schemas(schemas)));
    }
}
