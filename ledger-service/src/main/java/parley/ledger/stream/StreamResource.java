package parley.ledger.stream;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.vertx.core.Vertx;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jspecify.annotations.Nullable;
import parley.contract.LogPosition;
import parley.ledger.views.PositionWatch;
import parley.ledger.views.ReadException;

/// Tells of changes as they come.
///
/// @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-sent
///     events</a>
@Path("/v1")
@Tag(name = "Totals")
public class StreamResource {
    private static final Logger LOG = Logger.getLogger(StreamResource.class);

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String TOTALS = "totals";
    private static final String FINDINGS = "findings";

    private final LiveTotals totals;
    private final LiveFinds finds;
    private final PositionWatch watch;
    private final StreamSettings settings;
    private final Vertx vertx;
    private final CurrentVertxRequest current;

    StreamResource(
            LiveTotals totals,
            LiveFinds finds,
            PositionWatch watch,
            StreamSettings settings,
            Vertx vertx,
            CurrentVertxRequest current) {
        this.totals = totals;
        this.finds = finds;
        this.watch = watch;
        this.settings = settings;
        this.vertx = vertx;
        this.current = current;
    }

    @GET
    @Path("stream")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Blocking
    @ResponseHeader(name = HttpHeaders.CACHE_CONTROL, value = "no-store")
    @ResponseHeader(name = "X-Accel-Buffering", value = "no")
    @Operation(
            summary = "The totals of a conflict, at once and whenever they change; or findings",
            description =
                    "Server-sent events called `totals`; their `id` is the position. Whoever comes"
                            + " again with `Last-Event-ID` is told what is newer. With"
                            + " `tell=findings` they are called `findings`, and bring, as it comes,"
                            + " each change of the feed that has `findings`: a running total that"
                            + " does not agree with the ledger, an exchange that was probably"
                            + " reported before. Where `missed` is true, more came at once than"
                            + " was looked at: read the feed.")
    public Multi<OutboundSseEvent> totals(
            @QueryParam("conflict") @Nullable String conflict,
            @Parameter(description = "`totals`, or `findings`")
                    @QueryParam("tell")
                    @DefaultValue(TOTALS)
                    String tell,
            @Parameter(description = "The `id` of the last event that was received")
                    @HeaderParam("Last-Event-ID")
                    @Nullable String lastEventId,
            @Context Sse sse) {
        if (conflict == null || conflict.isBlank()) {
            throw ReadException.badParameter(
                    "conflict", "Say of which conflict: ?conflict=ru-ua, for example.");
        }
        mustBeKnown(conflict);
        var line = new Line(vertx, current.getCurrent().request());
        Duration heartbeat = settings.heartbeat();
        LogPosition resumed = position(lastEventId);
        return switch (tell) {
            case TOTALS ->
                    new TotalsListener(conflict, resumed, totals, watch, sse, line, heartbeat)
                            .listen();
            case FINDINGS ->
                    new FindsListener(
                                    conflict,
                                    resumed == null ? watch.position() : resumed,
                                    finds,
                                    watch,
                                    sse,
                                    line,
                                    heartbeat)
                            .listen();
            default ->
                    throw ReadException.badParameter(
                            "tell", "`tell` is totals or findings, not `%s`.".formatted(tell));
        };
    }

    /// While PostgreSQL is away or slow, nobody knows: he may listen, and hears when it is back.
    private void mustBeKnown(String conflict) {
        try {
            totals.mustBeThere(conflict, PATIENCE);
        } catch (ReadException unknown) {
            throw unknown;
        } catch (RuntimeException | TimeoutException away) {
            LOG.debug("The totals cannot be read now", away);
        }
    }

    /// One that is not ours, or of another site, is as good as none.
    private static @Nullable LogPosition position(@Nullable String lastEventId) {
        try {
            return lastEventId == null ? null : LogPosition.parse(lastEventId);
        } catch (IllegalArgumentException notOurs) {
            return null;
        }
    }
}
