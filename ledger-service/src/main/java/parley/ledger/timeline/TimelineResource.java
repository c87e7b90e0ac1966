package parley.ledger.timeline;

import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import parley.contract.Conflict;
import parley.ledger.conflicts.Conflicts;
import parley.ledger.totals.TotalsView;
import parley.ledger.views.Answering;
import parley.ledger.views.Listing;
import parley.ledger.views.Moment;
import parley.ledger.views.Page;
import parley.ledger.views.ReadException;
import parley.ledger.views.Table;

/// What each party received and handed over, day by day or year by year.
@Path("/v1")
@Tag(name = "Totals")
@Transactional
public class TimelineResource {
    private static final Table TABLE =
            TotalsView.columns(
                            Table.of("items", "parties", "totals")
                                    .with(0, "conflict", "asOf", "knownAt")
                                    .with(1, "from", "to"),
                            2)
                    .keepingEmpty();

    private final Conflicts conflicts;
    private final Timeline timeline;
    private final Answering answering;

    TimelineResource(Conflicts conflicts, Timeline timeline, Answering answering) {
        this.conflicts = conflicts;
        this.timeline = timeline;
        this.answering = answering;
    }

    @GET
    @Path("conflicts/{conflict}/timeline")
    @Produces({MediaType.APPLICATION_JSON, "text/csv"})
    @Operation(summary = "The totals over time, oldest first")
    public Listing<Bucket> page(
            String conflict,
            @Parameter(description = "How long a bucket is: `day`, `week`, `month` or `year`")
                    @QueryParam("bucket")
                    @DefaultValue("month")
                    String bucket,
            @Parameter(description = "`true`: each bucket holds all up to its end")
                    @QueryParam("cumulative")
                    @DefaultValue("false")
                    String cumulative,
            @BeanParam Moment moment,
            @BeanParam Page page) {
        Unit unit = unit(bucket);
        boolean isCumulative = isCumulative(cumulative);
        Conflict definition = conflicts.definition(conflict, moment);
        List<LocalDate> firsts = timeline.page(conflict, unit, moment, page);
        List<Bucket> buckets =
                timeline.buckets(
                        conflict, definition, unit, page.cut(firsts), isCumulative, moment);
        return answering
                .list(
                        conflict,
                        moment,
                        buckets,
                        page.next(firsts, first -> List.of(first.toString())))
                .as(TABLE);
    }

    private static Unit unit(String bucket) {
        return Arrays.stream(Unit.values())
                .filter(unit -> unit.word().equals(bucket))
                .findFirst()
                .orElseThrow(
                        () ->
                                ReadException.badParameter(
                                        "bucket",
                                        "`bucket` is one of %s, not `%s`."
                                                .formatted(
                                                        Arrays.stream(Unit.values())
                                                                .map(Unit::word)
                                                                .collect(Collectors.joining(", ")),
                                                        bucket)));
    }

    private static boolean isCumulative(String cumulative) {
        return switch (cumulative) {
            case "true" -> true;
            case "false" -> false;
            default ->
                    throw ReadException.badParameter(
                            "cumulative",
                            "`cumulative` is `true` or `false`, not `" + cumulative + "`.");
        };
    }
}
