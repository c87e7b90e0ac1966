package parley.ledger.entries;

import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import parley.ledger.conflicts.Conflicts;
import parley.ledger.views.Answering;
import parley.ledger.views.Listing;
import parley.ledger.views.Moment;
import parley.ledger.views.Page;

/// The lines that a total is the sum of.
@Path("/v1")
@Tag(name = "Entries")
@Transactional
public class EntryResource {
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
    @Operation(summary = "The entries of a conflict, newest first")
    public Listing<EntryView> page(
            String conflict,
            @BeanParam EntryFilter filter,
            @BeanParam Moment moment,
            @BeanParam Page page) {
        conflicts.one(conflict, moment);
        List<EntryView> read = entries.page(conflict, filter, moment, page);
        return answering.list(conflict, moment, page.cut(read), page.next(read, EntryView::key));
    }
}
