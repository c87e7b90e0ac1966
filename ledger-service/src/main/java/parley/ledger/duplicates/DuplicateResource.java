package parley.ledger.duplicates;

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

/// What an editor may want to merge.
@Path("/v1")
@Tag(name = "Duplicates")
@Transactional
public class DuplicateResource {
    private final Conflicts conflicts;
    private final Duplicates duplicates;
    private final Answering answering;

    DuplicateResource(Conflicts conflicts, Duplicates duplicates, Answering answering) {
        this.conflicts = conflicts;
        this.duplicates = duplicates;
        this.answering = answering;
    }

    @GET
    @Path("conflicts/{conflict}/duplicates")
    @Operation(
            summary = "Exchanges that are probably one handover reported twice",
            description =
                    "Newest first, with a score and the reasons for it. An editor merges them; until"
                            + " then both count")
    public Listing<DuplicateView> page(
            String conflict, @BeanParam Moment moment, @BeanParam Page page) {
        conflicts.definition(conflict, moment);
        Duplicates.Part part = duplicates.page(conflict, moment, page);
        List<String> next = part.next();
        return answering.list(
                conflict, moment, part.items(), next == null ? null : page.behind(next));
    }
}
