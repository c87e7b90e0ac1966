package parley.ledger.views;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;
import parley.contract.LogPosition;

/// Whoever sends the position that ingest gave waits until the ledger has read that far.
class ReadYourWritesFilter {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    static final String PARAMETER = "position";
    static final String HEADER = "Ledger-Position";

    private final PositionWatch watch;

    ReadYourWritesFilter(PositionWatch watch) {
        this.watch = watch;
    }

    @ServerRequestFilter
    Uni<@Nullable Response> await(ContainerRequestContext request) {
        String position = wanted(request);
        if (position == null) {
            return Uni.createFrom().nullItem();
        }
        try {
            return watch.reached(LogPosition.parse(position), PATIENCE)
                    .map(reached -> reached ? null : notYet(position));
        } catch (IllegalArgumentException unreadable) {
            return Uni.createFrom()
                    .item(
                            Problem.badParameter(PARAMETER, String.valueOf(unreadable.getMessage()))
                                    .response());
        }
    }

    /// The position that the caller sent, if any.
    static @Nullable String wanted(ContainerRequestContext request) {
        String asked = request.getUriInfo().getQueryParameters().getFirst(PARAMETER);
        return asked == null ? request.getHeaderString(HEADER) : asked;
    }

    private Response notYet(String position) {
        return Response.fromResponse(
                        Problem.of(
                                        Status.SERVICE_UNAVAILABLE,
                                        "The ledger has read to %s, not yet to %s. Ask again."
                                                .formatted(watch.position(), position))
                                .response())
                .header("Retry-After", 1)
                .build();
    }
}
