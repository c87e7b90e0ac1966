package parley.ledger.claims;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import parley.ledger.fold.Kind;
import parley.ledger.reconciliation.Reconciliation;
import parley.ledger.statements.Document;
import parley.ledger.statements.History;
import parley.ledger.statements.StatementList;
import parley.ledger.statements.Statements.Stated;
import parley.ledger.views.Listing;
import parley.ledger.views.Moment;
import parley.ledger.views.Page;
import parley.ledger.views.Table;

/// The claims of a conflict, and each by itself.
@Path("/v1")
@Tag(name = "Claims")
@Transactional
public class ClaimResource {
    private static final Table TABLE =
            Table.of("items")
                    .with(0, "conflict")
                    .with(1, "claimId", "status", "statedOn")
                    .with("claimant", 1, "/claimant/name")
                    .with("claimantOffice", 1, "/claimant/office")
                    .with("claimantParty", 1, "/claimant/party")
                    .with("aboutExchange", 1, "/about/exchange")
                    .with("aboutAgreement", 1, "/about/agreement")
                    .with("kind", 1, "/assertion/kind")
                    .with("from", 1, "/assertion/from")
                    .with("to", 1, "/assertion/to")
                    .with("category", 1, "/assertion/category")
                    .with("categories", 1, "/assertion/categories")
                    .with("count", 1, "/assertion/count")
                    .with("countStatus", 1, "/assertion/countStatus")
                    .with("qualifier", 1, "/assertion/qualifier")
                    .with("low", 1, "/assertion/low")
                    .with("high", 1, "/assertion/high")
                    .with("since", 1, "/assertion/since")
                    .with("until", 1, "/assertion/until")
                    .with("agreement", 1, "/assertion/agreement")
                    .with("claim", 1, "/assertion/claim")
                    .with(1, "statement", "language", "revision", "publisher")
                    .with(1, "reportedAt", "updatedAt")
                    .with("source", 1, "/sources/0/url");

    private final StatementList statements;
    private final History history;
    private final Reconciliation reconciliation;
    private final ObjectMapper json;

    ClaimResource(
            StatementList statements,
            History history,
            Reconciliation reconciliation,
            ObjectMapper json) {
        this.statements = statements;
        this.history = history;
        this.reconciliation = reconciliation;
        this.json = json;
    }

    @GET
    @Path("conflicts/{conflict}/claims")
    @Produces({MediaType.APPLICATION_JSON, "text/csv"})
    @Operation(summary = "The claims of a conflict, newest first")
    public Listing<Document> page(String conflict, @BeanParam Moment moment, @BeanParam Page page) {
        return statements
                .page(Kind.CLAIM, conflict, moment, page, stated -> new Document(stated.document()))
                .as(TABLE);
    }

    @GET
    @Path("claims/{claim}")
    @Operation(summary = "One claim; a total with how it stands to the ledger")
    public Document one(String claim, @BeanParam Moment moment) {
        Stated stated = statements.one(Kind.CLAIM, claim, moment);
        if (stated.document().at("/assertion/kind").asText().equals("total")) {
            reconciliation
                    .of(stated.conflict(), claim, moment)
                    .ifPresent(it -> stated.document().set("reconciliation", json.valueToTree(it)));
        }
        return statements.answer(stated, moment);
    }

    @GET
    @Path("claims/{claim}/history")
    @Operation(summary = "Every event that shaped it, with the reason and what changed")
    public History.Told history(String claim, @BeanParam Moment moment, @BeanParam Page page) {
        return history.of(Kind.CLAIM, claim, moment, page);
    }
}
