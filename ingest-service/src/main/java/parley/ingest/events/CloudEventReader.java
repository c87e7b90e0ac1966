package parley.ingest.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.rw.CloudEventRWException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
/// The envelope is built by the CloudEvents SDK, so what an attribute may hold is its word. It is
/// given one attribute after another, since its own format for JSON ends at the first that is wrong
/// and tells no place, and takes the last of two equal keys.
///
/// What ingest decides itself may be left out, and what is given is not what goes on the log:
/// `source` and `authority` may not contradict, `time` and `dataschema` only have to be such.
@Singleton
final class CloudEventReader {
    /// What is given to the SDK, beside the version and the data.
    private static final List<String> BUILT =
            List.of(
                    "id",
                    "source",
                    "type",
                    "subject",
                    "time",
                    "datacontenttype",
                    "dataschema",
                    "authority",
                    "traceparent",
                    "tracestate");

    private static final Set<String> ATTRIBUTES =
            Stream.concat(BUILT.stream(), Stream.of("specversion", "data", "data_base64"))
                    .collect(Collectors.toUnmodifiableSet());

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

    /// Stands for an id that is made later.
    private static final String LEFT_TO_US = "-";

    /// What an event turned out to be.
    ///
    /// @param submission null where its type cannot be told, so that nothing more can be judged
    /// @param faults all that is wrong with its attributes
    record Reading(@Nullable Submission submission, List<Fault> faults) {
        Reading {
            faults = List.copyOf(faults);
        }
    }

    Reading read(ObjectNode sent, Caller caller) {
        var faults = new ArrayList<Fault>();
        unknownAttributes(sent, faults);
        if (!sent.path("specversion").asText("").equals(SpecVersion.V1.toString())) {
            faults.add(
                    new Fault(
                            "/specversion",
                            "Found %s, but `specversion` must be \"1.0\"."
                                    .formatted(Found.in(sent.path("specversion")))));
        }
        CloudEvent event = envelope(sent, caller, faults);
        contradictions(event, caller, faults);
        String id = sent.path("id").textValue();
        if (id != null) {
            Names.faultOfEventId(id).ifPresent(fault -> faults.add(new Fault("/id", fault)));
        }
        String subject = event.getSubject();
        if (subject != null) {
            Names.faultOfId(subject).ifPresent(fault -> faults.add(new Fault("/subject", fault)));
        }
        Optional<EventType> type = EventType.of(event.getType());
        if (type.isEmpty()) {
            faults.add(new Fault("/type", unknownType(sent.path("type"))));
            return new Reading(null, faults);
        }
        if (!sent.has("subject") && !mayLackSubject(type.get())) {
            faults.add(
                    new Fault(
                            "/subject",
                            "`subject` is missing: it is the id of what the event is about."));
        }
        JsonNode data = data(sent, faults);
        return new Reading(
                data == null ? null : new Submission(type.get(), id, subject, data), faults);
    }

    /// The attributes that can be read. What may be left out to us, and a type that is missing, is
    /// there in any case: without it, there is no event for the SDK.
    private static CloudEvent envelope(ObjectNode sent, Caller caller, List<Fault> faults) {
        CloudEventBuilder event =
                CloudEventBuilder.v1()
                        .withId(LEFT_TO_US)
                        .withSource(URI.create(Envelope.PUBLISHERS + caller.publisher()))
                        .withType("");
        for (String name : BUILT) {
            JsonNode value = sent.get(name);
            if (value == null) {
                continue;
            }
            if (value.isTextual()) {
                try {
                    event.withContextAttribute(name, value.textValue());
                } catch (CloudEventRWException refused) {
                    faults.add(new Fault("/" + name, malformed(name, value)));
                }
            } else if (!name.equals("type")) { // Of that, all that it may be is told in any case.
                faults.add(
                        new Fault(
                                "/" + name,
                                "Found %s, but `%s` must be a text."
                                        .formatted(Found.in(value), name)));
            }
        }
        return event.build();
    }

    private static String malformed(String name, JsonNode value) {
        return "Found "
                + Found.in(value)
                + (name.equals("time")
                        ? ", but `time` is written as RFC 3339 has it, e.g. 2025-07-17T12:00:00Z; it may"
                                + " be left out."
                        : ", but `%s` is a URI; it may be left out.".formatted(name));
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

    private static void contradictions(CloudEvent event, Caller caller, List<Fault> faults) {
        String publisher = Envelope.PUBLISHERS + caller.publisher();
        if (!event.getSource().toString().equals(publisher)) {
            faults.add(
                    new Fault(
                            "/source",
                            "The token is of %s, and nobody else can be the source: leave it out."
                                    .formatted(publisher)));
        }
        String authority = caller.authority().wire();
        Object claimed = event.getExtension("authority");
        if (claimed != null && !claimed.equals(authority)) {
            faults.add(
                    new Fault(
                            "/authority",
                            "The token speaks as %s: leave it out.".formatted(authority)));
        }
        String contentType = event.getDataContentType();
        if (contentType != null && !isJson(contentType)) {
            faults.add(
                    new Fault(
                            "/datacontenttype",
                            "Found "
                                    + Found.in(contentType)
                                    + ", but our events hold application/json and nothing else."));
        }
    }

    private static boolean isJson(String contentType) {
        int parameters = contentType.indexOf(';');
        String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return type.strip().equalsIgnoreCase("application/json");
    }

    private static @Nullable JsonNode data(ObjectNode event, List<Fault> faults) {
        JsonNode data = event.get("data");
        JsonNode encoded = event.get("data_base64");
        if (data != null && encoded != null) {
            faults.add(
                    new Fault(
                            "/data_base64", "There is `data` as well: an event has one of them."));
        }
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
}
