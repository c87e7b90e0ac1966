package parley.ledger.exchanges;

import com.fasterxml.jackson.databind.node.ArrayNode;
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
import parley.ledger.statements.Statements;
import parley.ledger.statements.Statements.Stated;
import parley.ledger.views.Listing;
import parley.ledger.views.Moment;
import parley.ledger.views.Page;

/// The exchanges of a conflict, and each with its claims.
@Path("/v1")
@Tag(name = "Exchanges")
@Transactional
public class ExchangeResource {
    private final StatementList statements;
    private final Statements claims;
    private final History history;

    ExchangeResource(StatementList statements, Statements claims, History history) {
        this.statements = statements;
        this.claims = claims;
        this.history = history;
    }

    @GET
    @Path("conflicts/{conflict}/exchanges")
    @Operation(summary = "The exchanges of a conflict, newest first")
    public Listing<Document> page(String conflict, @BeanParam Moment moment, @BeanParam Page page) {
        return statements.page(
                Kind.EXCHANGE, conflict, moment, page, stated -> new Document(stated.document()));
    }

    @GET
    @Path("exchanges/{exchange}")
    @Operation(summary = "One exchange, with the claims about it")
    public Document one(String exchange, @BeanParam Moment moment) {
        Stated stated = statements.one(Kind.EXCHANGE, exchange, moment);
        ArrayNode about = stated.document().putArray("claims");
        claims.claimsAboutExchange(stated, moment).forEach(it -> about.add(it.document()));
        return statements.answer(stated, moment);
    }

    @GET
    @Path("exchanges/{exchange}/history")
    @Operation(summary = "Every event that shaped it, with the reason and what changed")
    public History.Told history(String exchange, @BeanParam Moment moment, @BeanParam Page page) {
        return history.of(Kind.EXCHANGE, exchange, moment, page);
    }
}
