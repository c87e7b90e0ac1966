package parley.ledger.totals;

import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import parley.contract.Conflict;
import parley.contract.Party;
import parley.ledger.conflicts.Conflicts;
import parley.ledger.views.Answering;
import parley.ledger.views.Moment;
import parley.ledger.views.ReadException;

/// What each party received and handed over.
@Path("/v1")
@Tag(name = "Totals")
@Transactional
public class TotalsResource {
    private final Conflicts conflicts;
    private final Totals totals;
    private final Answering answering;

    TotalsResource(Conflicts conflicts, Totals totals, Answering answering) {
        this.conflicts = conflicts;
        this.totals = totals;
        this.answering = answering;
    }

    @GET
    @Path("conflicts/{conflict}/totals")
    @Produces({MediaType.APPLICATION_JSON, "text/csv"})
    @Operation(summary = "The totals of every party, sides first")
    public TotalsView all(String conflict, @BeanParam Moment moment) {
        return view(conflict, moment, TotalsView.order(conflicts.definition(conflict, moment)));
    }

    @GET
    @Path("conflicts/{conflict}/totals/{party}")
    @Produces({MediaType.APPLICATION_JSON, "text/csv"})
    @Operation(summary = "The totals of one party")
    public TotalsView one(String conflict, String party, @BeanParam Moment moment) {
        Conflict definition = conflicts.definition(conflict, moment);
        Party wanted =
                definition
                        .party(party)
                        .orElseThrow(
                                () ->
                                        ReadException.notFound(
                                                "`%s` is not a party of `%s`; its parties are %s."
                                                        .formatted(
                                                                party,
                                                                conflict,
                                                                codes(definition))));
        return view(conflict, moment, List.of(wanted));
    }

    private TotalsView view(String conflict, Moment moment, List<Party> parties) {
        Tally tally = totals.tally(conflict, moment);
        Answering.Basis basis = answering.about(conflict, moment);
        return new TotalsView(
                conflict, moment.asOf(), basis.knownAt(), basis.position(), tally.of(parties));
    }

    private static String codes(Conflict conflict) {
        return TotalsView.order(conflict).stream()
                .map(Party::party)
                .collect(Collectors.joining(", "));
    }
}
