package parley.ledger.statements;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import parley.ledger.events.ReadRecord;
import parley.ledger.events.RecordView;
import parley.ledger.fold.Kind;
import parley.ledger.views.Answering;
import parley.ledger.views.Moment;
import parley.ledger.views.ReadException;
import parley.ledger.views.View;

/// Every event that shaped a statement, with the reason and what changed.
@ApplicationScoped
public class History {
    private final Statements statements;
    private final Answering answering;
    private final ObjectMapper json;

    History(Statements statements, Answering answering, ObjectMapper json) {
        this.statements = statements;
        this.answering = answering;
        this.json = json;
    }

    /// The history of one statement, oldest event first.
    public record Told(String kind, String id, String position, List<Step> items) implements View {}

    /// One event, and what it changed.
    ///
    /// @param reason as its publisher gave it; null for the first report
    /// @param mergedInto the exchange that is the same handover, where the event says so
    public record Step(
            RecordView event,
            @Nullable String reason,
            @Nullable String mergedInto,
            List<Change> changes) {}

    /// A field that an event changed.
    ///
    /// @param pointer where it stands in the statement
    /// @param before what stood there; null: nothing
    /// @param after what stands there since; null: nothing
    /// @see <a href="https://www.rfc-editor.org/rfc/rfc6901">JSON Pointer, RFC 6901</a>
    public record Change(String pointer, @Nullable JsonNode before, @Nullable JsonNode after) {}

    /// The history of a statement up to that moment.
    ///
    /// @throws ReadException where nothing was reported under that id
    public Told of(Kind kind, String id, Moment moment) {
        var steps = new ArrayList<Step>();
        Map<String, JsonNode> standing = Map.of();
        for (ReadRecord read : ReadRecord.shaping(kind, id, moment)) {
            JsonNode body = body(read);
            JsonNode statement =
                    statements.statement(
                            kind,
                            Objects.requireNonNull(read.type),
                            Objects.requireNonNull(read.value));
            Map<String, JsonNode> now = statement == null ? standing : fields(statement);
            steps.add(
                    new Step(
                            RecordView.of(read, moment),
                            text(body, "reason"),
                            text(body, "into"),
                            steps.isEmpty() ? List.of() : changes(standing, now)));
            standing = now;
        }
        if (steps.isEmpty()) {
            throw ReadException.notFound("No %s `%s` was reported.".formatted(kind.word(), id));
        }
        return new Told(kind.word(), id, answering.position(moment), steps);
    }

    private JsonNode body(ReadRecord read) {
        try {
            return json.readTree(read.value);
        } catch (IOException changed) {
            throw new UncheckedIOException("What was readable no longer is", changed);
        }
    }

    private static @Nullable String text(JsonNode body, String field) {
        return body.path(field).isTextual() ? body.get(field).asText() : null;
    }

    private static List<Change> changes(Map<String, JsonNode> before, Map<String, JsonNode> after) {
        var pointers = new TreeSet<>(before.keySet());
        pointers.addAll(after.keySet());
        return pointers.stream()
                .filter(it -> !Objects.equals(before.get(it), after.get(it)))
                .map(it -> new Change(it, before.get(it), after.get(it)))
                .toList();
    }

    private static Map<String, JsonNode> fields(JsonNode statement) {
        var fields = new TreeMap<String, JsonNode>();
        collect("", statement, fields);
        return fields;
    }

    private static void collect(String pointer, JsonNode node, Map<String, JsonNode> fields) {
        if (node.isObject()) {
            node.properties()
                    .forEach(
                            field ->
                                    collect(
                                            pointer + "/" + escaped(field.getKey()),
                                            field.getValue(),
                                            fields));
        } else if (node.isArray()) {
            for (int index = 0; index < node.size(); index++) {
                collect(pointer + "/" + index, node.get(index), fields);
            }
        } else if (!node.isNull()) {
            fields.put(pointer, node);
        }
    }

    private static String escaped(String field) {
        return field.replace("~", "~0").replace("/", "~1");
    }
}
