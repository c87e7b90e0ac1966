package parley.ledger.events;

import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import parley.ledger.views.Answering;
import parley.ledger.views.Moment;
import parley.ledger.views.ReadException;
import parley.ledger.views.View;

/// What became of an event, by the key under which its publisher sent it.
@Path("/v1")
@Tag(name = "Events")
@Transactional
public class EventResource {
    private final Answering answering;

    EventResource(Answering answering) {
        this.answering = answering;
    }

    /// All events of an id: publishers may use the same one, and one may send it again.
    public record Events(String eventId, String position, List<RecordView> items) implements View {}

    @GET
    @Path("events/{eventId}")
    @Operation(summary = "What became of the events of that id; 404 while none is read")
    public Events one(String eventId, @BeanParam Moment moment) {
        List<RecordView> items =
                ReadRecord.ofId(eventId).stream()
                        .filter(it -> moment.includes(it.recordedAt))
                        .map(it -> RecordView.of(it, moment))
                        .toList();
        if (items.isEmpty()) {
            throw ReadException.notFound(
                    "No event of the id `%s` has been read; the ledger has read to %s."
                            .formatted(eventId, answering.position(moment)));
        }
        return new Events(eventId, answering.position(moment), items);
    }
}
