package parley.ingest.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The binary mode of CloudEvents over HTTP: attributes are headers, the body is the data.
final class BinaryMode {
    private static final String PREFIX = "ce-";

    private BinaryMode() {}

    /// The same event in the structured form; without `ce-` headers it has no attributes.
    static ObjectNode structured(Map<String, List<String>> headers, JsonNode body) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        headers.forEach(
                (header, values) -> {
                    String name = header.toLowerCase(Locale.ROOT);
                    if (name.startsWith(PREFIX)) {
                        event.put(name.substring(PREFIX.length()), decoded(values.getFirst()));
                    }
                });
        event.set("data", body);
        return event;
    }

    /// What is not printable ASCII stands percent-encoded; a plus is a plus.
    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return value;
        }
    }
}
