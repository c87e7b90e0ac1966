package parley.ledger.discrepancies;

import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import parley.ledger.conflicts.Conflicts;
import parley.ledger.views.Answering;
import parley.ledger.views.Listing;
import parley.ledger.views.Moment;
import parley.ledger.views.Page;

/// Where not all say the same of a transfer.
@Path("/v1")
@Tag(name = "Discrepancies")
@Transactional
public class DiscrepancyResource {
    private final Conflicts conflicts;
    private final Discrepancies discrepancies;
    private final Answering answering;

    DiscrepancyResource(Conflicts conflicts, Discrepancies discrepancies, Answering answering) {
        this.conflicts = conflicts;
        this.discrepancies = discrepancies;
        this.answering = answering;
    }

    @GET
    @Path("conflicts/{conflict}/discrepancies")
    @Operation(
            summary = "Where claimants, or a claim and the ledger, differ about the same transfer",
            description = "Largest `spread` first")
    public Listing<DiscrepancyView> page(
            String conflict,
            @Parameter(description = "Only of what that party received or handed over")
                    @QueryParam("party")
                    @Nullable String party,
            @BeanParam Moment moment,
            @BeanParam Page page) {
        conflicts.definition(conflict, moment);
        List<DiscrepancyView> read = discrepancies.page(conflict, party, moment, page);
        return answering.list(
                conflict, moment, page.cut(read), page.next(read, Discrepancies::key));
    }

    @GET
    @Path("conflicts/{conflict}/discrepancies/claimants")
    @Operation(
            summary = "By claimant: how often his figures agreed with the other side's in the end",
            description = "Counts, by name, of what is said of single transfers. No judgement")
    public Listing<Tally> claimants(
            String conflict, @BeanParam Moment moment, @BeanParam Page page) {
        conflicts.definition(conflict, moment);
        List<String> after = page.after(1);
        List<Tally> read =
                discrepancies.tallies(conflict, moment).stream()
                        .filter(
                                it ->
                                        after == null
                                                || it.claimant().compareTo(after.getFirst()) > 0)
                        .limit(page.limit() + 1L)
                        .toList();
        return answering.list(
                conflict, moment, page.cut(read), page.next(read, it -> List.of(it.claimant())));
    }
}
