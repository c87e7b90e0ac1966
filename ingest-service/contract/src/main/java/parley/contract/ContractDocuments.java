package parley.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The contract as documents that other systems can read: JSON Schemas and AsyncAPI.
public final class ContractDocuments {
    /// The schema of what several events are made of; the other schemas refer to it.
    public static final String COMMON = "common";

    private static final List<String> SCHEMAS =
            Stream.concat(Arrays.stream(EventType.values()).map(EventType::wire), Stream.of(COMMON))
                    .toList();

    private ContractDocuments() {}

    /// The names of all schemas: one for the `data` of each event type, and [#COMMON].
    public static List<String> schemaNames() {
        return SCHEMAS;
    }

    /// The JSON Schema (2020-12) of that name, if there is one.
    ///
    /// Its references are relative: they hold wherever all schemas are served side by side.
    public static Optional<byte[]> schema(String name) {
        return SCHEMAS.contains(name)
                ? Optional.of(resource("schemas/" + name + ".json"))
                : Optional.empty();
    }

    /// The AsyncAPI 3 document of the topics, as JSON.
    public static byte[] asyncApi() {
        return resource("asyncapi.json");
    }

    private static byte[] resource(String path) {
        try (InputStream resource = ContractDocuments.class.getResourceAsStream(path)) {
            if (resource == null) {
                throw new IllegalStateException("The contract lacks its resource " + path);
            }
            return resource.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Reading " + path + " failed", unreadable);
        }
    }
}
