package parley.ledger.claims;

import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import parley.ledger.fold.Kind;
import parley.ledger.statements.Document;
import parley.ledger.statements.History;
import parley.ledger.statements.StatementList;
import parley.ledger.views.Listing;
import parley.ledger.views.Moment;
import parley.ledger.views.Page;

/// The claims of a conflict, and each by itself.
@Path("/v1")
@Tag(name = "Claims")
@Transactional
public class ClaimResource {
    private final StatementList statements;
    private final History history;

    ClaimResource(StatementList statements, History history) {
        this.statements = statements;
        this.history = history;
    }

    @GET
    @Path("conflicts/{conflict}/claims")
    @Operation(summary = "The claims of a conflict, newest first")
    public Listing<Document> page(String conflict, @BeanParam Moment moment, @BeanParam Page page) {
        return statements.page(
                Kind.CLAIM, conflict, moment, page, stated -> new Document(stated.document()));
    }

    @GET
    @Path("claims/{claim}")
    @Operation(summary = "One claim")
    public Document one(String claim, @BeanParam Moment moment) {
        return statements.answer(statements.one(Kind.CLAIM, claim, moment), moment);
    }

    @GET
    @Path("claims/{claim}/history")
    @Operation(summary = "Every event that shaped it, with the reason and what changed")
    public History.Told history(String claim, @BeanParam Moment moment, @BeanParam Page page) {
        return history.of(Kind.CLAIM, claim, moment, page);
    }
}
