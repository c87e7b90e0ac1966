package parley.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever the schemas of a release accept, those of today accept too.
class ReleasedSchemasTest {
    private static final Path RELEASED = Path.of("src/test/resources/released");
    private static final String SUFFIX = ".json";
    private static final JsonMapper JSON = new JsonMapper();

    /// What the changes below are made to.
    private static final String SCHEMA =
            """
            {"title": "a", "type": "object", "required": ["a"], "properties": {
              "a": {"type": ["string", "null"], "pattern": "^a", "minLength": 1, "maxLength": 9},
              "b": {"type": "integer", "minimum": 0, "maximum": 9},
              "c": {"enum": ["x", "y"]},
              "d": {"type": "array", "items": {"$ref": "#/$defs/e"}, "minItems": 1, "maxItems": 9},
              "f": {"type": "object", "properties": {"g": {"type": "string"}}},
              "h": {"type": "string", "format": "iri"}},
             "allOf": [{"if": {"properties": {"c": {"const": "x"}}, "required": ["c"]},
                        "then": {"required": ["b"]}}],
             "additionalProperties": false,
             "$defs": {"e": {"type": "string", "maxLength": 5}}}""";

    /// A folder for each release, its schemas as they were: never changed, never removed.
    static Stream<Path> releases() throws IOException {
        try (Stream<Path> folders = Files.list(RELEASED)) {
            return folders.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("releases")
    void nothingThatAReleaseAcceptsIsRefused(Path release) throws IOException {
        assertThat(Narrowing.between(schemas(release), today())).isEmpty();
    }

    @Test
    void theReleasedSchemasAreAllThere() throws IOException {
        assertThat(schemas(RELEASED.resolve("1")))
                .containsOnlyKeys(ContractDocuments.schemaNames());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"required\": [\"a\"]     | \"required\": [\"a\", \"b\"]    | s: \"b\" is required",
                "[\"string\", \"null\"]    | \"string\"                      | s/a: may not be of type null",
                "\"type\": \"integer\"     | \"type\": \"string\"            | s/b: may not be of type integer",
                "[\"x\", \"y\"]            | [\"x\"]                         | s/c: may not be \"y\"",
                "{\"enum\": [\"x\", \"y\"]} | {\"const\": \"x\"}             | s/c: may not be \"y\"",
                "\"maxLength\": 9          | \"maxLength\": 8                | s/a: maxLength is 8, was 9",
                "\"maximum\": 9            | \"maximum\": 8                  | s/b: maximum is 8, was 9",
                "\"maxItems\": 9           | \"maxItems\": 8                 | s/d: maxItems is 8, was 9",
                "\"minLength\": 1          | \"minLength\": 2                | s/a: minLength is 2, was 1",
                "\"minimum\": 0            | \"minimum\": 1                  | s/b: minimum is 1, was 0",
                "\"minItems\": 1           | \"minItems\": 2                 | s/d: minItems is 2, was 1",
                "\"minItems\": 1           | \"minItems\": 1, \"uniqueItems\": true | s/d: items may not be equal any more",
                "\"maxLength\": 5          | \"maxLength\": 4                | s/d/*: maxLength is 4, was 5",
                "\"^a\"                    | \"^b\"                          | s/a: pattern is \"^b\"",
                "\"format\": \"iri\"       | \"format\": \"uri\"             | s/h: format is \"uri\"",
                "\"format\": \"iri\"       | \"pattern\": \"^h\"             | s/h: pattern is \"^h\"",
                "\"c\": {\"enum\"          | \"i\": {\"enum\"                | s/c: nothing is accepted any more",
                "{\"g\": {\"type\": \"string\"}} | {\"g\": {\"type\": \"string\"}}, \"additionalProperties\": false | s/f/(any other): nothing is accepted any more",
                "{\"g\": {\"type\": \"string\"}} | {\"g\": {\"type\": \"string\"}, \"j\": {\"type\": \"null\"}} | s/f/j: any type was accepted, now it is [null]",
                "\"required\": [\"b\"]     | \"required\": [\"b\", \"d\"]    | s: \"d\" is required",
                "\"const\": \"x\"          | \"const\": \"y\"                | s: a condition is new",
                "\"allOf\":                | \"not\": {\"required\": [\"d\"]}, \"allOf\": | s: not is {\"required\":[\"d\"]}",
            })
    void whatNarrowsASchemaIsFound(String found, String replaced, String finding)
            throws IOException {
        assertThat(SCHEMA).contains(found);

        assertThat(Narrowing.between(schema(SCHEMA), schema(SCHEMA.replace(found, replaced))))
                .singleElement()
                .asString()
                .startsWith(finding);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"title\": \"a\"          | \"title\": \"b\"",
                "\"required\": [\"a\"],    | ``",
                "\"type\": \"integer\"     | \"type\": [\"integer\", \"null\"]",
                "\"type\": \"integer\"     | \"type\": \"number\"",
                "\"type\": \"integer\",    | ``",
                "[\"x\", \"y\"]            | [\"x\", \"y\", \"z\"]",
                "\"maxLength\": 9          | \"maxLength\": 10",
                "\"minLength\": 1          | \"minLength\": 0",
                "\"pattern\": \"^a\",      | ``",
                "\"c\": {\"enum\"          | \"k\": {\"type\": \"null\"}, \"c\": {\"enum\"",
                "\"additionalProperties\": false, | ``",
                "{\"$ref\": \"#/$defs/e\"} | {\"type\": \"string\", \"maxLength\": 5}",
                "\"allOf\": [              | \"allOf\": [{\"if\": {\"properties\": {\"c\": {\"const\": \"z\"}}, \"required\": [\"c\"]}, \"then\": {\"required\": [\"d\"]}}, ",
            })
    void whatWidensASchemaIsNoFinding(String found, String replaced) throws IOException {
        assertThat(SCHEMA).contains(found);

        assertThat(Narrowing.between(schema(SCHEMA), schema(SCHEMA.replace(found, replaced))))
                .isEmpty();
    }

    @Test
    void aSchemaThatIsGoneIsFound() throws IOException {
        assertThat(Narrowing.between(schema(SCHEMA), Map.of()))
                .containsExactly("s: the schema is gone");
    }

    private static Map<String, JsonNode> schema(String text) throws IOException {
        return Map.of("s", JSON.readTree(text));
    }

    private static Map<String, JsonNode> schemas(Path release) throws IOException {
        var schemas = new TreeMap<String, JsonNode>();
        try (Stream<Path> files = Files.list(release)) {
            for (Path file : files.toList()) {
                String name = release.relativize(file).toString();
                schemas.put(
                        name.substring(0, name.length() - SUFFIX.length()),
                        JSON.readTree(Files.readAllBytes(file)));
            }
        }
        return schemas;
    }

    private static Map<String, JsonNode> today() throws IOException {
        var schemas = new TreeMap<String, JsonNode>();
        for (String name : ContractDocuments.schemaNames()) {
            schemas.put(name, JSON.readTree(ContractDocuments.schema(name).orElseThrow()));
        }
        return schemas;
    }
}
