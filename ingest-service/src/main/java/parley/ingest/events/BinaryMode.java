package parley.ingest.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudevents.CloudEventData;
import io.cloudevents.http.HttpMessageFactory;
import io.cloudevents.rw.CloudEventWriter;
import io.cloudevents.rw.CloudEventWriterFactory;
import java.net.URLDecoder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import parley.ingest.problem.ProblemException;
import parley.ingest.problem.ProblemKind;
import parley.ingest.statement.Found;

/// The binary mode of CloudEvents over HTTP: attributes are headers, the body is the data. Which
/// header is which attribute the CloudEvents SDK knows; what it reads is written here.
final class BinaryMode implements CloudEventWriter<ObjectNode> {
    private static final String ATTRIBUTE = "ce-";
    private static final String SPEC_VERSION = ATTRIBUTE + "specversion";
    private static final Set<String> SAID_OTHERWISE =
            Set.of("data", "data_base64", "datacontenttype");

    private final ObjectNode event = JsonNodeFactory.instance.objectNode();

    private BinaryMode() {}

    /// The same event in the structured form; without `ce-` headers it has no attributes.
    static ObjectNode structured(Map<String, List<String>> headers, JsonNode body) {
        var mode = new BinaryMode();
        CloudEventWriterFactory<BinaryMode, ObjectNode> here = _ -> mode;
        ObjectNode event =
                HttpMessageFactory.createReader(visitor -> mode.visit(headers, visitor), null)
                        .read(here);
        event.set("data", body);
        return event;
    }

    /// The SDK reads nothing of a version that is missing or not known to it; here all that is
    /// wrong is told at once, so it is given the version that there must be.
    private void visit(Map<String, List<String>> headers, BiConsumer<String, String> visitor) {
        headers.forEach(BinaryMode::check);
        visitor.accept(SPEC_VERSION, "1.0");
        headers.forEach(
                (name, values) -> {
                    String value = decoded(values.getFirst());
                    if (name.equalsIgnoreCase(SPEC_VERSION)) {
                        event.put("specversion", value);
                    } else {
                        visitor.accept(name, value);
                    }
                });
    }

    /// Of two values neither is taken, and no header says again what the body or Content-Type says.
    private static void check(String name, List<String> values) {
        if (!name.regionMatches(true, 0, ATTRIBUTE, 0, ATTRIBUTE.length())) {
            return;
        }
        if (values.size() > 1) {
            throw new ProblemException(
                    ProblemKind.UNREADABLE,
                    "The header %s is there %d times, but an attribute has one value."
                            .formatted(Found.in(name), values.size()));
        }
        if (SAID_OTHERWISE.contains(name.substring(ATTRIBUTE.length()).toLowerCase(Locale.ROOT))) {
            throw new ProblemException(
                    ProblemKind.UNREADABLE,
                    "In binary mode the body is the data, and Content-Type its type: leave out the header %s."
                            .formatted(Found.in(name)));
        }
    }

    /// What is not printable ASCII stands percent-encoded, and the SDK leaves it so; a plus is a
    /// plus.
    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return value;
        }
    }

    @Override
    public BinaryMode withContextAttribute(String name, String value) {
        event.put(name, value);
        return this;
    }

    @Override
    public ObjectNode end(CloudEventData data) {
        return event;
    }

    @Override
    public ObjectNode end() {
        return event;
    }
}
