package parley.ledger.agreements;

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
import parley.ledger.statements.Statements.Stated;
import parley.ledger.views.Listing;
import parley.ledger.views.Moment;
import parley.ledger.views.Page;

/// The agreements of a conflict, and how far each is fulfilled.
@Path("/v1")
@Tag(name = "Agreements")
@Transactional
public class AgreementResource {
    private final StatementList statements;
    private final Fulfilment fulfilment;
    private final History history;

    AgreementResource(StatementList statements, Fulfilment fulfilment, History history) {
        this.statements = statements;
        this.fulfilment = fulfilment;
        this.history = history;
    }

    @GET
    @Path("conflicts/{conflict}/agreements")
    @Operation(summary = "The agreements of a conflict, newest first")
    public Listing<Document> page(String conflict, @BeanParam Moment moment, @BeanParam Page page) {
        return statements.page(
                Kind.AGREEMENT,
                conflict,
                moment,
                page,
                stated -> new Document(fulfilment.shown(stated, moment).document()));
    }

    @GET
    @Path("agreements/{agreement}")
    @Operation(summary = "One agreement: by commitment, what was transferred and what is claimed")
    public Document one(String agreement, @BeanParam Moment moment) {
        Stated stated = statements.one(Kind.AGREEMENT, agreement, moment);
        return statements.answer(fulfilment.shown(stated, moment), moment);
    }

    @GET
    @Path("agreements/{agreement}/history")
    @Operation(summary = "Every event that shaped it, with the reason and what changed")
    public History.Told history(String agreement, @BeanParam Moment moment) {
        return history.of(Kind.AGREEMENT, agreement, moment);
    }
}
