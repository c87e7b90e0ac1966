package parley.ledger.generations;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import parley.contract.LogPosition;
import parley.ledger.books.Comparison;
import parley.ledger.books.Comparison.Difference;
import parley.ledger.books.Generation;
import parley.ledger.books.Generations;
import parley.ledger.books.Generations.Demand;
import parley.ledger.books.Generations.Serving;
import parley.ledger.books.Generations.Verdict;
import parley.ledger.intake.LogAwayException;
import parley.ledger.intake.LogHead;
import parley.ledger.views.ReadException;
import parley.ledger.views.View;

/// The generations of the books: built beside each other from the log, one of them read.
@Path("/v1")
@Tag(name = "Generations")
public class GenerationResource {
    private static final String OPERATOR = "operator";

    private final Generations generations;
    private final Overseer overseer;
    private final Progress progress;
    private final LogHead head;

    GenerationResource(
            Generations generations, Overseer overseer, Progress progress, LogHead head) {
        this.generations = generations;
        this.overseer = overseer;
        this.progress = progress;
        this.head = head;
    }

    /// All generations, oldest first; there is always but one page of them.
    ///
    /// @param position how far the log is read into the one that serves
    public record GenerationList(String position, List<GenerationView> items, @Nullable URI next)
            implements View {
        @Override
        public boolean holdsForAWhile() {
            return false;
        }
    }

    /// One generation.
    ///
    /// @param serving whether it is the one that is read
    /// @param state `serving`, `building` while the log's end is ahead, `ready`, or `foreign`: one
    ///     of another release, which this one does not feed
    /// @param projection the way of counting it follows
    /// @param servingSince since when it is read, and `reason` why
    /// @param position how far the log is read into it
    /// @param read how many records that is
    /// @param behind how many it has not read yet; null where Kafka does not say
    /// @param progress the share that is read, from 0 to 1; null likewise
    /// @param rate records a second, of late
    /// @param secondsLeft until it has caught up at that rate; null where that cannot be told
    /// @param comparison with the serving one, once it has nearly caught up
    public record GenerationView(
            int generation,
            boolean serving,
            String state,
            String projection,
            Instant startedAt,
            @Nullable Instant servingSince,
            @Nullable String reason,
            String position,
            long read,
            @Nullable Long behind,
            @Nullable Double progress,
            double rate,
            @Nullable Long secondsLeft,
            @Nullable ComparisonView comparison)
            implements View {
        @Override
        public boolean holdsForAWhile() {
            return false;
        }
    }

    /// What the newest comparison found.
    ///
    /// @param knownAt the moment at which both were compared; null: all of it
    /// @param totals how many totals were compared
    /// @param differing how many differ
    /// @param differences the first 100 of those
    public record ComparisonView(
            @Nullable Instant knownAt, long totals, long differing, List<Difference> differences) {
        static ComparisonView of(Comparison comparison) {
            return new ComparisonView(
                    comparison.knownAt(),
                    comparison.totals(),
                    comparison.differing(),
                    comparison.differences());
        }
    }

    /// The wish to read another generation.
    ///
    /// @param force even if it is behind, or differs; needs a reason
    /// @param reason why, for those who ask later
    public record SwitchRequest(@Nullable Boolean force, @Nullable String reason) {}

    @GET
    @Path("generations")
    @Operation(summary = "The generations of the books, how far each is built, and which is read")
    public GenerationList all() throws SQLException {
        Serving serving = generations.serving();
        Optional<LogPosition> end = end();
        var items = new ArrayList<GenerationView>();
        for (Generation generation : generations.all()) {
            items.add(view(generation, serving, end));
        }
        return new GenerationList(
                generations.position(serving.generation()).toString(), items, null);
    }

    @GET
    @Path("generations/{generation}")
    @Operation(summary = "One generation of the books")
    public GenerationView one(int generation) throws SQLException {
        Optional<Generation> found = find(generation);
        if (found.isEmpty()) {
            throw unknown(generation);
        }
        return view(found.get(), generations.serving(), end());
    }

    @POST
    @Path("generations")
    @RolesAllowed(OPERATOR)
    @Operation(summary = "Builds a new generation from the log, beside the one that is read")
    public Response build() throws SQLException {
        Generation begun = generations.build();
        return Response.accepted(view(begun, generations.serving(), end()))
                .location(URI.create("/v1/generations/" + begun.number()))
                .build();
    }

    @POST
    @Path("generations/{generation}/switch")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.WILDCARD})
    @RolesAllowed(OPERATOR)
    @Operation(summary = "Has a generation read from now on; refused while it is behind or differs")
    public Response switchTo(int generation, @Nullable SwitchRequest request) throws SQLException {
        boolean force = request != null && Boolean.TRUE.equals(request.force);
        String given = request == null || request.reason == null ? "" : request.reason.strip();
        if (force && given.isEmpty()) {
            throw ReadException.badParameter(
                    "reason",
                    "Whoever forces a switch says why: {\"force\":true,\"reason\":\"…\"}.");
        }
        String reason = given.isEmpty() ? "an operator's wish" : given;
        Demand demand = force ? Demand.NOTHING : Demand.EQUAL;
        return answer(generations.switchTo(generation, demand, reason), generation);
    }

    @DELETE
    @Path("generations/{generation}")
    @RolesAllowed(OPERATOR)
    @Operation(summary = "Drops a generation that is not read")
    public Response drop(int generation) throws SQLException {
        return answer(generations.drop(generation), generation);
    }

    private Response answer(Verdict verdict, int generation) throws SQLException {
        return switch (verdict) {
            case Verdict.Unknown _ -> throw unknown(generation);
            case Verdict.Refused(String reason, List<Difference> differences) ->
                    throw ReadException.conflict(reason, differences);
            case Verdict.Done _ ->
                    find(generation).isEmpty()
                            ? Response.noContent().build()
                            : Response.ok(one(generation)).build();
        };
    }

    private Optional<Generation> find(int generation) throws SQLException {
        return generations.all().stream().filter(it -> it.number() == generation).findFirst();
    }

    private GenerationView view(Generation generation, Serving serving, Optional<LogPosition> end)
            throws SQLException {
        int number = generation.number();
        boolean serves = serving.generation() == number;
        LogPosition position = generations.position(number);
        long read = LogPosition.START.recordsBehind(position);
        Long behind = end.map(position::recordsBehind).orElse(null);
        double rate = progress.rate(number);
        return new GenerationView(
                number,
                serves,
                serves
                        ? "serving"
                        : !generations.isOurs(generation)
                                ? "foreign"
                                : behind != null && behind == 0 ? "ready" : "building",
                generation.projection(),
                generation.startedAt(),
                serves ? serving.since() : null,
                serves ? serving.reason() : null,
                position.toString(),
                read,
                behind,
                behind == null ? null : read + behind == 0 ? 1 : (double) read / (read + behind),
                Math.round(rate),
                Pace.secondsLeft(behind, rate),
                overseer.comparison(number).map(ComparisonView::of).orElse(null));
    }

    private Optional<LogPosition> end() {
        try {
            return Optional.of(head.position());
        } catch (LogAwayException away) {
            return Optional.empty(); // How much is left is then not known, which the answer says.
        }
    }

    private static ReadException unknown(int generation) {
        return ReadException.notFound("There is no generation %d.".formatted(generation));
    }
}
