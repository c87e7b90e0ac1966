package parley.ledger.reconciliation;

import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import parley.ledger.views.Answering;
import parley.ledger.views.Listing;
import parley.ledger.views.Moment;
import parley.ledger.views.Page;
import parley.ledger.views.Table;

/// What officials say in all, against what the ledger holds.
@Path("/v1")
@Tag(name = "Reconciliation")
@Transactional
public class ReconciliationResource {
    private static final Table TABLE =
            Table.of("items")
                    .with(0, "conflict")
                    .with(1, "claim")
                    .with("claimant", 1, "/claimant/name")
                    .with("claimantOffice", 1, "/claimant/office")
                    .with("claimantParty", 1, "/claimant/party")
                    .with(1, "statedOn")
                    .with("from", 1, "/scope/from")
                    .with("to", 1, "/scope/to")
                    .with("categories", 1, "/scope/categories")
                    .with("since", 1, "/scope/since")
                    .with("until", 1, "/scope/until")
                    .with("agreement", 1, "/scope/agreement")
                    .with(1, "claimed", "qualifier")
                    .withFigure("ledger", 1, "/ledger")
                    .with(1, "gap", "verdict")
                    .with("sinceClaim", 1, "/since/claim")
                    .with("sinceClaimed", 1, "/since/claimed")
                    .with("sinceGap", 1, "/since/gap")
                    .with("sinceStatedOn", 1, "/since/statedOn")
                    .with(1, "openedBy")
                    .with("explanation", 1, "/explanations/0/kind")
                    .with("sentence", 1, "/explanations/0/sentence");

    private final Reconciliation reconciliation;
    private final Answering answering;

    ReconciliationResource(Reconciliation reconciliation, Answering answering) {
        this.reconciliation = reconciliation;
        this.answering = answering;
    }

    @GET
    @Path("conflicts/{conflict}/reconciliation")
    @Produces({MediaType.APPLICATION_JSON, "text/csv"})
    @Operation(
            summary = "Every standing total that is claimed against the ledger's own sum",
            description =
                    "Newest first. A gap is pinned between two totals of one scope, and what would"
                            + " explain it is offered, what assumes least first")
    public Listing<ReconciliationView> page(
            String conflict,
            @BeanParam ReconciliationFilter filter,
            @BeanParam Moment moment,
            @BeanParam Page page) {
        List<ReconciliationView> read = reconciliation.page(conflict, filter, moment, page);
        return answering
                .list(conflict, moment, page.cut(read), page.next(read, Reconciliation::key))
                .as(TABLE);
    }
}
