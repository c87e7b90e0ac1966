package parley.ingest.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import parley.contract.Envelope;
import parley.contract.EventType;
import parley.ingest.access.Caller;
import parley.ingest.statement.Fault;
import parley.ingest.statement.Found;
import parley.ingest.statement.Names;
import parley.ingest.statement.Nearest;
import parley.ingest.statement.StrictJson;
import parley.ingest.statement.Submission;
import parley.ingest.statement.UnreadableJsonException;

/// Takes a submission out of a CloudEvent in JSON.
///
/// What ingest decides itself (`source`, `time`, `dataschema`, `authority`) may be left out; where
/// it is given it may not contradict, and it is not what goes on the log.
@Singleton
final class CloudEventReader {
    private static final Set<String> ATTRIBUTES =
            Set.of(
                    "specversion",
                    "id",
                    "source",
                    "type",
                    "subject",
                    "time",
                    "datacontenttype",
                    "dataschema",
                    "data",
                    "data_base64",
                    "authority",
                    "traceparent",
                    "tracestate");
    /// Those that a sender has a use for.
    private static final List<String> USUAL_ATTRIBUTES =
            List.of(
                    "specversion",
                    "id",
                    "source",
                    "type",
                    "subject",
                    "time",
                    "datacontenttype",
                    "dataschema",
                    "data",
                    "authority");

    private static final List<String> TYPES =
            Arrays.stream(EventType.values()).map(EventType::wire).toList();

    /// Nobody reads of more.
    private static final int UNKNOWN_ATTRIBUTES_MAX = 100;

    private static final int NAME_SHOWN_MAX = 100;

    /// What an event turned out to be.
    ///
    /// @param submission null where its type cannot be told, so that nothing more can be judged
    /// @param faults all that is wrong with its attributes
    record Reading(@Nullable Submission submission, List<Fault> faults) {
        Reading {
            faults = List.copyOf(faults);
        }
    }

    Reading read(ObjectNode event, Caller caller) {
        var faults = new ArrayList<Fault>();
        unknownAttributes(event, faults);
        if (!event.path("specversion").asText("").equals("1.0")) {
            faults.add(
                    new Fault(
                            "/specversion",
                            "Found %s, but `specversion` must be \"1.0\"."
                                    .formatted(Found.in(event.path("specversion")))));
        }
        contradictions(event, caller, faults);
        String id = text(event, "id", faults);
        if (id != null) {
            Names.faultOfEventId(id).ifPresent(fault -> faults.add(new Fault("/id", fault)));
        }
        String subject = text(event, "subject", faults);
        if (subject != null) {
            Names.faultOfId(subject).ifPresent(fault -> faults.add(new Fault("/subject", fault)));
        }
        Optional<EventType> type = EventType.of(event.path("type").asText(""));
        if (type.isEmpty()) {
            faults.add(new Fault("/type", unknownType(event.path("type"))));
            return new Reading(null, faults);
        }
        if (!event.has("subject") && !mayLackSubject(type.get())) {
            faults.add(
                    new Fault(
                            "/subject",
                            "`subject` is missing: it is the id of what the event is about."));
        }
        JsonNode data = data(event, faults);
        return new Reading(
                data == null ? null : new Submission(type.get(), id, subject, data), faults);
    }

    private static String unknownType(JsonNode type) {
        return "Found "
                + Found.in(type)
                + "."
                + (type.isTextual() ? Nearest.didYouMean(type.textValue(), TYPES) : "")
                + " `type` is one of: "
                + String.join(", ", TYPES);
    }

    private static void unknownAttributes(ObjectNode event, List<Fault> faults) {
        event.properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> !ATTRIBUTES.contains(name))
                .limit(UNKNOWN_ATTRIBUTES_MAX)
                .forEach(name -> faults.add(unknownAttribute(name)));
    }

    private static Fault unknownAttribute(String name) {
        String shown = name.length() > NAME_SHOWN_MAX ? name.substring(0, NAME_SHOWN_MAX) : name;
        return new Fault(
                "/" + shown.replace("~", "~0").replace("/", "~1"),
                Found.in(name)
                        + " is not an attribute of our events."
                        + Nearest.didYouMean(name, USUAL_ATTRIBUTES)
                        + " The attributes are: "
                        + String.join(", ", USUAL_ATTRIBUTES));
    }

    /// The first statement of a thing may leave its id to us.
    private static boolean mayLackSubject(EventType type) {
        return switch (type) {
            case EXCHANGE_REPORTED, AGREEMENT_REPORTED, CLAIM_MADE -> true;
            case CONFLICT_DEFINED,
                    EXCHANGE_CORRECTED,
                    EXCHANGE_RETRACTED,
                    EXCHANGE_MERGED,
                    AGREEMENT_CORRECTED,
                    AGREEMENT_RETRACTED,
                    CLAIM_CORRECTED,
                    CLAIM_RETRACTED ->
                    false;
        };
    }

    private static void contradictions(ObjectNode event, Caller caller, List<Fault> faults) {
        String source = text(event, "source", faults);
        String publisher = Envelope.PUBLISHERS + caller.publisher();
        if (source != null && !source.equals(publisher)) {
            faults.add(
                    new Fault(
                            "/source",
                            "The token is of %s, and nobody else can be the source: leave it out."
                                    .formatted(publisher)));
        }
        String authority = text(event, "authority", faults);
        if (authority != null && !authority.equals(caller.authority().wire())) {
            faults.add(
                    new Fault(
                            "/authority",
                            "The token speaks as %s: leave it out."
                                    .formatted(caller.authority().wire())));
        }
        String time = text(event, "time", faults);
        if (time != null && !isTime(time)) {
            faults.add(
                    new Fault(
                            "/time",
                            "Found "
                                    + Found.in(time)
                                    + ", but `time` is written as RFC 3339 has it, e.g. 2025-07-17T12:00:00Z; it may"
                                    + " be left out."));
        }
        String contentType = text(event, "datacontenttype", faults);
        if (contentType != null && !contentType.startsWith("application/json")) {
            faults.add(
                    new Fault(
                            "/datacontenttype",
                            "Found "
                                    + Found.in(contentType)
                                    + ", but our events hold application/json and nothing else."));
        }
    }

    private static @Nullable JsonNode data(ObjectNode event, List<Fault> faults) {
        JsonNode data = event.get("data");
        JsonNode encoded = event.get("data_base64");
        if (data == null && encoded != null) {
            try {
                byte[] bytes = encoded.binaryValue();
                if (bytes != null) {
                    return StrictJson.read(bytes, 0, bytes.length);
                }
            } catch (IOException | UnreadableJsonException unreadable) {
                faults.add(
                        new Fault(
                                "/data_base64",
                                "It does not hold JSON in Base64. " + unreadable.getMessage()));
                return null;
            }
        }
        if (data == null) {
            faults.add(new Fault("/data", "`data` is missing: it is the body of the typed call."));
        }
        return data;
    }

    private static @Nullable String text(ObjectNode event, String name, List<Fault> faults) {
        JsonNode value = event.get(name);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            faults.add(
                    new Fault(
                            "/" + name,
                            "Found %s, but `%s` must be a text.".formatted(Found.in(value), name)));
            return null;
        }
        return value.textValue();
    }

    private static boolean isTime(String text) {
        try {
            OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeParseException none) {
            return false;
        }
    }
}
