package parley.ledger.entries;

import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import parley.ledger.conflicts.Conflicts;
import parley.ledger.views.Answering;
import parley.ledger.views.Listing;
import parley.ledger.views.Moment;
import parley.ledger.views.Page;
import parley.ledger.views.Table;

/// The lines that a total is the sum of.
@Path("/v1")
@Tag(name = "Entries")
@Transactional
public class EntryResource {
    private static final Table TABLE =
            Table.of("items")
                    .with(0, "conflict")
                    .with(1, "entry", "exchange", "occurredOn", "from", "to", "category")
                    .with(1, "count", "countStatus", "qualifier", "statedBy", "agreement")
                    .withFigure("", 1, "/figure")
                    .with(1, "knownFrom", "knownTo")
                    .with("event", 1, "/event/id")
                    .with("publisher", 1, "/event/source")
                    .with("source", 1, "/sources/0/url");

    private final Conflicts conflicts;
    private final Entries entries;
    private final Answering answering;

    EntryResource(Conflicts conflicts, Entries entries, Answering answering) {
        this.conflicts = conflicts;
        this.entries = entries;
        this.answering = answering;
    }

    @GET
    @Path("conflicts/{conflict}/entries")
    @Produces({MediaType.APPLICATION_JSON, "text/csv"})
    @Operation(summary = "The entries of a conflict, newest first")
    public Listing<EntryView> page(
            String conflict,
            @BeanParam EntryFilter filter,
            @BeanParam Moment moment,
            @BeanParam Page page) {
        conflicts.definition(conflict, moment);
        List<EntryView> read = entries.page(conflict, filter, moment, page);
        return answering
                .list(conflict, moment, page.cut(read), page.next(read, EntryView::key))
                .as(TABLE)
                .ofOneMoment();
    }
}
