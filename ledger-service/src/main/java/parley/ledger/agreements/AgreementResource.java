package parley.ledger.agreements;

import com.fasterxml.jackson.databind.node.ArrayNode;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import parley.ledger.fold.Kind;
import parley.ledger.statements.Document;
import parley.ledger.statements.History;
import parley.ledger.statements.StatementList;
import parley.ledger.statements.Statements;
import parley.ledger.statements.Statements.Stated;
import parley.ledger.views.Listing;
import parley.ledger.views.Moment;
import parley.ledger.views.Page;

/// The agreements of a conflict, and how far each is fulfilled.
@Path("/v1")
@Tag(name = "Agreements")
@Transactional
public class AgreementResource {
    private final StatementList agreements;
    private final Statements claims;
    private final Fulfilment fulfilment;
    private final History history;

    AgreementResource(
            StatementList agreements, Statements claims, Fulfilment fulfilment, History history) {
        this.agreements = agreements;
        this.claims = claims;
        this.fulfilment = fulfilment;
        this.history = history;
    }

    @GET
    @Path("conflicts/{conflict}/agreements")
    @Operation(summary = "The agreements of a conflict, newest first, with their fulfilment")
    public Listing<Document> page(String conflict, @BeanParam Moment moment, @BeanParam Page page) {
        return agreements.page(
                Kind.AGREEMENT,
                conflict,
                moment,
                page,
                agreement ->
                        new Document(
                                fulfilment
                                        .shown(agreement, about(agreement, moment), moment)
                                        .document()));
    }

    @GET
    @Path("agreements/{agreement}")
    @Operation(summary = "One agreement: by commitment, what was transferred and what is claimed")
    public Document one(String agreement, @BeanParam Moment moment) {
        Stated stated = agreements.one(Kind.AGREEMENT, agreement, moment);
        List<Stated> about = about(stated, moment);
        Stated shown = fulfilment.shown(stated, about, moment);
        ArrayNode documents = shown.document().putArray("claims");
        about.forEach(claim -> documents.add(claim.document()));
        return agreements.answer(shown, moment);
    }

    @GET
    @Path("agreements/{agreement}/history")
    @Operation(summary = "Every event that shaped it, with the reason and what changed")
    public History.Told history(String agreement, @BeanParam Moment moment, @BeanParam Page page) {
        return history.of(Kind.AGREEMENT, agreement, moment, page);
    }

    private List<Stated> about(Stated agreement, Moment moment) {
        return claims.claimsAboutAgreement(agreement, moment);
    }
}
