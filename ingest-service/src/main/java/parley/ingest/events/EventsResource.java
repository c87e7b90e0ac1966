package parley.ingest.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.opentelemetry.context.Context;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import parley.ingest.access.Caller;
import parley.ingest.access.Callers;
import parley.ingest.access.Roles;
import parley.ingest.connections.ConnectionsConfig;
import parley.ingest.connections.Conversation;
import parley.ingest.problem.Problem;
import parley.ingest.problem.ProblemException;
import parley.ingest.problem.ProblemKind;
import parley.ingest.problem.Refusals;
import parley.ingest.publishing.AnsweringResource;
import parley.ingest.publishing.BoundedBody;
import parley.ingest.publishing.Outcome;
import parley.ingest.publishing.Publication;
import parley.ingest.rate.Allowances;
import parley.ingest.rate.Pace;
import parley.ingest.statement.Fault;
import parley.ingest.statement.StrictJson;
import parley.ingest.statement.Submission;
import parley.ingest.statement.UnreadableJsonException;

/// Events of any type, as CloudEvents.
@Path("/v1/events")
@RolesAllowed({Roles.PUBLISHER, Roles.EDITOR})
@Tag(name = "events")
class EventsResource extends AnsweringResource {
    private static final String KEY = "Idempotency-Key";
    private static final int LINE_BYTES_MAX = BoundedBody.STATEMENT_BYTES_MAX;

    /// Of those that keep a stream open, and a thread with it, by a line now and then.
    private static final int STREAM_BYTES_PER_SECOND_MIN = 4 << 10;

    private final Callers callers;
    private final BoundedBody body;
    private final CloudEventReader reader;
    private final Publication publication;
    private final InFlight inFlight;
    private final Allowances allowances;
    private final Refusals refusals;
    private final ConnectionsConfig connections;

    EventsResource(
            Callers callers,
            BoundedBody body,
            CloudEventReader reader,
            Publication publication,
            InFlight inFlight,
            Allowances allowances,
            Refusals refusals,
            ConnectionsConfig connections) {
        this.callers = callers;
        this.body = body;
        this.reader = reader;
        this.publication = publication;
        this.inFlight = inFlight;
        this.allowances = allowances;
        this.refusals = refusals;
        this.connections = connections;
    }

    @POST
    @Consumes("application/x-ndjson")
    @Operation(hidden = true) // The four are one call: it is described in META-INF/openapi.json.
    public Response stream(
            InputStream sent, RoutingContext routing, @QueryParam("dryRun") boolean dryRun) {
        Caller caller = callers.current();
        try (Pace pace = begin(caller)) {
            EventIntake intake = intake(caller, dryRun);
            var lines =
                    new Lines(
                            Conversation.awaited(routing, sent),
                            LINE_BYTES_MAX,
                            connections.bodyTimeMax(),
                            STREAM_BYTES_PER_SECOND_MIN);
            try {
                while (intake.isOpen() && lines.advance()) {
                    if (!lines.isBlank()) {
                        pace.next();
                        take(lines, intake);
                    }
                }
            } catch (SlowStreamException slow) {
                requireAcknowledged(intake.settled());
                throw new ProblemException(ProblemKind.TOO_SLOW, String.valueOf(slow.getMessage()));
            } catch (IOException cutOff) {
                requireAcknowledged(intake.settled());
                throw new ProblemException(
                        ProblemKind.UNREADABLE,
                        "The stream was cut off behind line %d.".formatted(lines.number()));
            }
            return answer(intake.settled(), dryRun);
        }
    }

    @POST
    @Consumes("application/cloudevents-batch+json")
    @Operation(hidden = true) // The four are one call: it is described in META-INF/openapi.json.
    public Response batch(InputStream sent, @QueryParam("dryRun") boolean dryRun) {
        Caller caller = callers.current();
        try (Pace pace = begin(caller)) {
            JsonNode batch = body.batch(sent);
            if (!batch.isArray()) {
                throw new ProblemException(
                        ProblemKind.UNREADABLE, "A batch is a JSON array: it begins with [.");
            }
            EventIntake intake = intake(caller, dryRun);
            for (int index = 0; index < batch.size() && intake.isOpen(); index++) {
                pace.next();
                take(index + 1L, batch.get(index), intake);
            }
            return answer(intake.settled(), dryRun);
        }
    }

    @POST
    @RunOnVirtualThread
    @Consumes("application/cloudevents+json")
    @Operation(hidden = true) // The four are one call: it is described in META-INF/openapi.json.
    public Response structured(
            InputStream sent,
            @HeaderParam(KEY) @Nullable String key,
            @QueryParam("dryRun") boolean dryRun) {
        return answer(one(() -> body.object(sent), key, dryRun));
    }

    @POST
    @RunOnVirtualThread
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(hidden = true) // The four are one call: it is described in META-INF/openapi.json.
    public Response binary(
            InputStream sent,
            HttpHeaders headers,
            @HeaderParam(KEY) @Nullable String key,
            @QueryParam("dryRun") boolean dryRun) {
        return answer(
                one(
                        () ->
                                BinaryMode.structured(
                                        headers.getRequestHeaders(), body.statement(sent)),
                        key,
                        dryRun));
    }

    private Pace begin(Caller caller) {
        return allowances
                .begin(caller.publisher())
                .orElseThrow(
                        () ->
                                new ProblemException(
                                        ProblemKind.OVERLOADED, ProblemKind.OVERLOADED.meaning()));
    }

    private EventIntake intake(Caller caller, boolean dryRun) {
        return new EventIntake(
                reader,
                publication,
                caller,
                dryRun
                        ? new DryRun(publication.conflicts())
                        : new OntoTheLog(publication, caller, Context.current(), inFlight.share()),
                new Tally(dryRun ? problem -> {} : problem -> refusals.countEvent(problem.type())));
    }

    private static void take(Lines lines, EventIntake intake) {
        if (lines.isTooLong()) {
            intake.refuse(
                    lines.number(),
                    ProblemKind.TOO_LARGE,
                    "The line has more than %d bytes.".formatted(LINE_BYTES_MAX));
        } else {
            try {
                JsonNode event = StrictJson.read(lines.bytes(), lines.start(), lines.length());
                intake.take(lines.number(), event, lines.length());
            } catch (UnreadableJsonException unreadable) {
                intake.refuse(
                        lines.number(),
                        ProblemKind.UNREADABLE,
                        String.valueOf(unreadable.getMessage()));
            }
        }
    }

    private static void take(long place, JsonNode event, EventIntake intake) {
        int bytes = StrictJson.write(event).length;
        if (bytes > LINE_BYTES_MAX) {
            intake.refuse(
                    place,
                    ProblemKind.TOO_LARGE,
                    "The event has more than %d bytes.".formatted(LINE_BYTES_MAX));
        } else {
            intake.take(place, event, bytes);
        }
    }

    /// @param key the event's id, where it has none itself
    private CompletableFuture<Outcome> one(
            Supplier<ObjectNode> sent, @Nullable String key, boolean dryRun) {
        Caller caller = callers.current();
        allowances.take(caller.publisher());
        ObjectNode event = sent.get();
        if (key != null) {
            event.putIfAbsent("id", TextNode.valueOf(key));
        }
        CloudEventReader.Reading reading = reader.read(event, caller);
        Submission submission = reading.submission();
        if (submission == null) {
            return CompletableFuture.completedFuture(new Outcome.Refused(reading.faults()));
        }
        if (!caller.maySend(submission.type())) {
            throw new ProblemException(
                    ProblemKind.FORBIDDEN,
                    "Only role editor may send " + submission.type().wire() + ".");
        }
        if (reading.faults().isEmpty()) {
            CompletableFuture<Outcome> outcome =
                    dryRun
                            ? publication.rehearse(submission, caller)
                            : publication.publish(submission, caller, Context.current());
            return outcome.thenApply(EventsResource::underData);
        }
        var faults = new ArrayList<>(reading.faults());
        faults.addAll(underData(publication.judge(submission).faults()));
        return CompletableFuture.completedFuture(new Outcome.Refused(faults));
    }

    private static Outcome underData(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Published published -> published;
            case Outcome.Rehearsed rehearsed -> rehearsed;
            case Outcome.Refused refused -> new Outcome.Refused(underData(refused.faults()));
        };
    }

    private static List<Fault> underData(List<Fault> faults) {
        return faults.stream().map(fault -> fault.under("/data")).toList();
    }

    /// Where the log has failed, what is to be sent again is told before anything else.
    private static void requireAcknowledged(Tally tally) {
        if (tally.isInterrupted()) {
            throw new ProblemException(
                    Problem.of(
                            ProblemKind.LOG_UNAVAILABLE,
                            "The log stopped acknowledging. All lines before `resendFromLine` are"
                                    + " accepted or rejected for good; send it and the lines behind"
                                    + " it again, with the same ids: what did get there counts once.",
                            List.of(),
                            tally.interrupted()));
        }
    }

    private static Response answer(Tally tally, boolean dryRun) {
        requireAcknowledged(tally);
        if (dryRun) {
            return Response.ok(tally.drySummary(), MediaType.APPLICATION_JSON_TYPE).build();
        }
        Tally.Summary summary = tally.summary();
        return Response.ok(summary, MediaType.APPLICATION_JSON_TYPE)
                .header(LEDGER_POSITION, summary.position())
                .build();
    }
}
