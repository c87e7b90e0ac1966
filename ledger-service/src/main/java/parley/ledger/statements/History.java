package parley.ledger.statements;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
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
import parley.ledger.fold.Status;
import parley.ledger.views.Answering;
import parley.ledger.views.Moment;
import parley.ledger.views.Page;
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
    ///
    /// @param next the whole address of the next page, or null
    public record Told(
            String kind, String id, String position, List<Step> items, @Nullable URI next)
            implements View {}

    /// One event, and what it changed.
    ///
    /// @param revision that of the statement since then
    /// @param reason as its publisher gave it; null for the first report
    /// @param mergedInto the exchange that is the same handover, where the event says so
    /// @param changes none for the first report, which says all of it
    public record Step(
            RecordView event,
            int revision,
            @Nullable String reason,
            @Nullable String mergedInto,
            List<Change> changes) {
        private List<String> key() {
            return List.of(
                    event.topic(),
                    String.valueOf(event.partition()),
                    String.valueOf(event.offset()));
        }
    }

    /// A field that an event changed.
    ///
    /// @param pointer where it stands in the statement, as it is answered
    /// @param before what stood there; null: nothing
    /// @param after what stands there since; null: nothing
    /// @see <a href="https://www.rfc-editor.org/rfc/rfc6901">JSON Pointer, RFC 6901</a>
    public record Change(String pointer, @Nullable JsonNode before, @Nullable JsonNode after) {}

    /// A page of the history of a statement up to that moment.
    ///
    /// @throws ReadException where nothing was reported under that id
    public Told of(Kind kind, String id, Moment moment, Page page) {
        List<Step> steps = steps(kind, ReadRecord.shaping(kind, id, moment), moment);
        if (steps.isEmpty()) {
            throw ReadException.notFound("No %s `%s` was reported.".formatted(kind.word(), id));
        }
        List<Step> rest = behind(page.after(3), steps);
        return new Told(
                kind.word(),
                id,
                answering.position(moment),
                page.cut(rest),
                page.next(rest, Step::key));
    }

    private static List<Step> behind(@Nullable List<String> key, List<Step> steps) {
        if (key == null) {
            return steps;
        }
        int last = steps.stream().map(Step::key).toList().indexOf(key);
        if (last < 0) {
            throw Page.notOurs();
        }
        return steps.subList(last + 1, steps.size());
    }

    /// What each of those events did, which are all that shaped one statement, oldest first.
    public List<Step> steps(Kind kind, List<ReadRecord> shaping, Moment moment) {
        var steps = new ArrayList<Step>();
        var standing = new Standing(Map.of(), false, null);
        for (ReadRecord read : shaping) {
            JsonNode body = body(read);
            Standing now = after(standing, kind, read, text(body, "into"));
            steps.add(
                    new Step(
                            RecordView.of(read, moment),
                            steps.size() + 1,
                            text(body, "reason"),
                            text(body, "into"),
                            steps.isEmpty()
                                    ? List.of()
                                    : changes(
                                            shown(standing, read.recordedAt),
                                            shown(now, read.recordedAt))));
            standing = now;
        }
        return steps;
    }

    /// How a statement stands after some of its events.
    private record Standing(
            Map<String, JsonNode> fields, boolean retracted, @Nullable String into) {}

    private Standing after(Standing before, Kind kind, ReadRecord read, @Nullable String into) {
        String type = Objects.requireNonNull(read.type);
        JsonNode statement = statements.statement(kind, type, Objects.requireNonNull(read.value));
        if (statement != null) {
            return new Standing(fields(statement), false, before.into);
        }
        return into == null
                ? new Standing(before.fields, true, before.into)
                : new Standing(before.fields, before.retracted, into);
    }

    /// As it is answered at that moment: a merge takes effect once its target is reported.
    private Map<String, JsonNode> shown(Standing standing, Instant at) {
        var shown = new TreeMap<>(standing.fields);
        boolean merged = standing.into != null && statements.isReported(standing.into, at);
        Status status =
                merged ? Status.MERGED : standing.retracted ? Status.RETRACTED : Status.STANDING;
        shown.put("/status", TextNode.valueOf(status.wire()));
        if (merged) {
            shown.put("/mergedInto", TextNode.valueOf(standing.into));
        }
        return shown;
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
