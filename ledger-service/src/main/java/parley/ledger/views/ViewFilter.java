package parley.ledger.views;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;
import parley.contract.LogPosition;

/// Renders a view and tags it by its bytes; who has those bytes already is told so.
class ViewFilter {
    static final String VARY =
            String.join(", ", HttpHeaders.ACCEPT, HttpHeaders.ACCEPT_ENCODING, "Ledger-Position");

    /// @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7">RFC 9110, 5.6.7</a>
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH);

    private static final Uni<Void> SENT = Uni.createFrom().voidItem();

    private final Renderer renderer;
    private final Permanence permanence;
    private final Keeping keeping;
    private final MemoryResource memory;
    private final PositionWatch watch;
    private final CurrentVertxRequest current;

    ViewFilter(
            Renderer renderer,
            Permanence permanence,
            Keeping keeping,
            MemoryResource memory,
            PositionWatch watch,
            CurrentVertxRequest current) {
        this.renderer = renderer;
        this.permanence = permanence;
        this.keeping = keeping;
        this.memory = memory;
        this.watch = watch;
        this.current = current;
    }

    @ServerResponseFilter
    Uni<Void> render(ContainerRequestContext request, ContainerResponseContext response)
            throws JsonProcessingException {
        if (!reads(request)
                || !(response.getEntity() instanceof View view)
                || response.getStatus() != Status.OK.getStatusCode()) {
            return SENT;
        }
        Table table = view.table();
        Format format = table == null ? Format.JSON : AskingFilter.format(request);
        if (table == null
                && AskingFilter.format(request) == Format.CSV
                && AskingFilter.insistsOnCsv(request)) {
            refuse(response);
            return SENT;
        }
        byte[] body =
                format == Format.JSON || table == null
                        ? renderer.json(view)
                        : renderer.csv(view, table);
        String tag = '"' + StrongTag.of(body) + '"';
        var headers = response.getHeaders();
        @Nullable String modified = modified(view.knownAt(), request);
        @Nullable URI next = view.next();
        @Nullable KeptAnswer kept = kept(request, view, format, body, tag, modified, next);
        // As when it is given again: the tag of what a caller is sent does not hang on who asked
        // first.
        var encoding = Encoding.wanted(current.getCurrent().parsedHeaders().acceptEncoding());
        byte[] packed = kept == null ? encoding.packed(body) : kept.body(encoding);
        boolean isPacked = packed != body;
        String sent = isPacked ? encoding.tag(tag) : tag;
        if (kept != null) {
            memory.keep(request, kept);
            StandingAnswersFilter.share(current.getCurrent(), kept);
        }
        headers.putSingle(
                HttpHeaders.CACHE_CONTROL,
                permanence.isForGood() ? keeping.forGood() : keeping.forAMoment());
        headers.putSingle(HttpHeaders.VARY, VARY);
        if (modified != null) {
            headers.putSingle(HttpHeaders.LAST_MODIFIED, modified);
        }
        if (next != null) {
            headers.putSingle(HttpHeaders.LINK, link(next));
        }
        @Nullable String held = held(request.getHeaderString(HttpHeaders.IF_NONE_MATCH), tag, sent);
        headers.putSingle(HttpHeaders.ETAG, held == null ? sent : held);
        if (held != null) {
            response.setStatus(Status.NOT_MODIFIED.getStatusCode());
            response.setEntity(null);
            return waited(request, view.position(), kept != null);
        }
        if (isPacked) {
            headers.putSingle(HttpHeaders.CONTENT_ENCODING, encoding.token());
        }
        response.setEntity(packed, null, MediaType.valueOf(format.contentType()));
        return SENT;
    }

    /// Whoever would rather wait is told that nothing is new when time is up. Once the books have
    /// moved, they are asked for him again, unless it can never be another answer.
    ///
    /// @param isShared whether nobody waits for this answer any more
    private Uni<Void> waited(
            ContainerRequestContext request, @Nullable String position, boolean isShared) {
        RoutingContext context = current.getCurrent();
        Duration left = LongPoll.left(context);
        if (!left.isPositive()
                || position == null
                || !(request.getProperty(AwayFilter.ASKED) instanceof Asked asked)) {
            return SENT;
        }
        if (permanence.isForGood()) {
            return watch.rested(left).replaceWithVoid();
        }
        LogPosition read = LogPosition.parse(position);
        Context eventLoop = context.vertx().getOrCreateContext();
        return watch.moved(read.covers(asked.position()) ? asked.at(read) : asked, left)
                .flatMap(
                        moved -> {
                            if (!moved || !isShared || context.response().closed()) {
                                return SENT;
                            }
                            LongPoll.askAgain(context, eventLoop);
                            return Uni.createFrom().nothing();
                        });
    }

    private static @Nullable KeptAnswer kept(
            ContainerRequestContext request,
            View view,
            Format format,
            byte[] body,
            String tag,
            @Nullable String modified,
            @Nullable URI next) {
        @Nullable String position = view.position();
        return request.getProperty(AwayFilter.ASKED) instanceof Asked asked
                        && position != null
                        && view.holdsForAWhile()
                ? new KeptAnswer(
                        format, body, tag, modified, next, asked.at(LogPosition.parse(position)))
                : null;
    }

    private static void refuse(ContainerResponseContext response) {
        Problem problem =
                Problem.of(Status.NOT_ACCEPTABLE, "This is no table: there is no CSV of it.");
        response.setStatus(problem.status());
        response.setEntity(problem, null, Problem.MEDIA_TYPE);
    }

    /// As HTTP writes it, in whole seconds: for whoever looks. What has changed is told by the tag.
    ///
    /// @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-8.8.2.1">RFC 9110, 8.8.2.1</a>:
    ///     never one that is still to come
    private static @Nullable String modified(
            @Nullable Instant moment, ContainerRequestContext request) {
        if (moment == null) {
            return null;
        }
        Instant second = moment.truncatedTo(ChronoUnit.SECONDS);
        boolean isStillToCome =
                request.getProperty(AwayFilter.ASKED) instanceof Asked asked
                        && second.isAfter(asked.at());
        return isStillToCome ? null : HTTP_DATE.format(second.atOffset(ZoneOffset.UTC));
    }

    /// The tag of those bytes that the caller has already, however they were packed; null where he
    /// has none. By it a cache knows which of its answers still holds.
    ///
    /// @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2">RFC 9110, 13.1.2</a>
    ///
    /// @param ifNoneMatch the header that came, or null
    /// @param tag of the bytes as they are
    /// @param sent of the bytes as they would be sent
    static @Nullable String held(@Nullable String ifNoneMatch, String tag, String sent) {
        if (ifNoneMatch == null || ifNoneMatch.equals(sent)) {
            return ifNoneMatch;
        }
        if (ifNoneMatch.strip().equals("*")) {
            return sent;
        }
        List<String> held =
                Arrays.stream(ifNoneMatch.split(","))
                        .map(String::strip)
                        .map(it -> it.startsWith("W/") ? it.substring(2) : it)
                        .filter(it -> Encoding.untagged(it).equals(tag))
                        .toList();
        return held.contains(sent) ? sent : held.stream().findFirst().orElse(null);
    }

    static boolean reads(ContainerRequestContext request) {
        return HttpMethod.GET.equals(request.getMethod())
                || HttpMethod.HEAD.equals(request.getMethod());
    }

    static String link(URI next) {
        return "<" + next + ">; rel=\"next\"";
    }
}
