package parley.ledger.conflicts;

import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import parley.contract.EdtfDate;
import parley.contract.Party;
import parley.ledger.conflicts.Conflicts.Defined;
import parley.ledger.views.Answering;
import parley.ledger.views.Listing;
import parley.ledger.views.Moment;
import parley.ledger.views.View;

/// Conflicts with their parties.
@Path("/v1")
@Tag(name = "Conflicts")
@Transactional
public class ConflictResource {
    private final Conflicts conflicts;
    private final Answering answering;

    ConflictResource(Conflicts conflicts, Answering answering) {
        this.conflicts = conflicts;
        this.answering = answering;
    }

    /// A conflict as it is answered.
    public record ConflictView(
            String conflict,
            String name,
            @Nullable EdtfDate since,
            List<Party> parties,
            @Nullable LocalDate lastExchangeOn,
            @Nullable Instant updatedAt,
            @Nullable String position)
            implements View {}

    @GET
    @Path("conflicts")
    @Operation(summary = "All conflicts")
    public Listing<ConflictView> all(@BeanParam Moment moment) {
        List<ConflictView> all =
                conflicts.all(moment).stream().map(defined -> view(defined, null)).toList();
        Instant newest =
                all.stream().map(ConflictView::updatedAt).max(Instant::compareTo).orElse(null);
        return new Listing<>(
                null,
                moment.asOf(),
                moment.knownAt() == null ? newest : moment.knownAt(),
                answering.position(moment),
                all,
                null);
    }

    @GET
    @Path("conflicts/{conflict}")
    @Operation(summary = "One conflict")
    public ConflictView one(String conflict, @BeanParam Moment moment) {
        return view(conflicts.one(conflict, moment), answering.position(moment));
    }

    private static ConflictView view(Defined defined, @Nullable String position) {
        return new ConflictView(
                defined.id(),
                defined.conflict().name(),
                defined.conflict().since(),
                defined.conflict().parties(),
                defined.lastExchangeOn(),
                defined.updatedAt(),
                position);
    }
}
