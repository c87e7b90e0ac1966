package parley.ledger.views;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/// Nobody waits for a PostgreSQL that is known to be away.
class AwayFilter {
    /// The property of a request that says when it was asked.
    static final String ASKED = "parley.asked";

    private static final int BEFORE_ANY_WAIT = Priorities.USER - 1;
    private static final int AFTER_ANY_WAIT = Priorities.USER + 1;

    private final PositionWatch watch;
    private final MemoryResource memory;
    private final CurrentVertxRequest current;

    AwayFilter(PositionWatch watch, MemoryResource memory, CurrentVertxRequest current) {
        this.watch = watch;
        this.memory = memory;
        this.current = current;
    }

    @ServerRequestFilter(priority = BEFORE_ANY_WAIT)
    Uni<@Nullable Response> answer(ContainerRequestContext request) {
        LongPoll.begin(current.getCurrent(), AskingFilter.wait(request));
        if (!watch.isInDoubt() || !ViewFilter.reads(request) || isListening(request)) {
            return Uni.createFrom().nullItem();
        }
        Response kept = memory.answer(request).orElse(null);
        if (kept == null) {
            return Uni.createFrom().item(watch.isAway() ? MemoryResource.away() : null);
        }
        Asked seen = watch.seen();
        boolean isNews = kept.getStatus() != Status.NOT_MODIFIED.getStatusCode();
        Duration left = LongPoll.left(current.getCurrent());
        if (isNews || seen == null || !left.isPositive()) {
            return Uni.createFrom().item(kept);
        }
        return watch.moved(seen, left).map(moved -> moved ? null : kept);
    }

    /// Whoever listens hears when it is back.
    private static boolean isListening(ContainerRequestContext request) {
        return request.getAcceptableMediaTypes().contains(MediaType.SERVER_SENT_EVENTS_TYPE);
    }

    @ServerRequestFilter(priority = AFTER_ANY_WAIT)
    void note(ContainerRequestContext request) {
        var asked = watch.asked();
        if (asked != null) {
            request.setProperty(ASKED, asked);
        }
    }
}
