package parley.ledger.exchanges;

import com.fasterxml.jackson.databind.node.ArrayNode;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
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
import parley.ledger.views.Table;

/// The exchanges of a conflict, and each with its claims.
@Path("/v1")
@Tag(name = "Exchanges")
@Transactional
public class ExchangeResource {
    private static final Table TABLE =
            Table.of("items", "transfers")
                    .with(0, "conflict")
                    .with(1, "exchangeId", "status", "mergedInto", "occurredOn", "place")
                    .with(2, "from", "to", "category", "count", "countStatus", "qualifier")
                    .with(2, "low", "high", "statedBy")
                    .with("transferAgreement", 2, "/agreement")
                    .with(1, "agreement", "mediators", "summary", "revision", "publisher")
                    .with(1, "reportedAt", "updatedAt")
                    .with("source", 1, "/sources/0/url");

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
    @Produces({MediaType.APPLICATION_JSON, "text/csv"})
    @Operation(summary = "The exchanges of a conflict, newest first")
    public Listing<Document> page(String conflict, @BeanParam Moment moment, @BeanParam Page page) {
        return statements
                .page(
                        Kind.EXCHANGE,
                        conflict,
                        moment,
                        page,
                        stated -> new Document(stated.document()))
                .as(TABLE);
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
