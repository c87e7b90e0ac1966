package parley.ledger.views;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.Response.Status;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Gives an answer again for as long as the books stand where they stood when it was given: without
/// a query, and without rendering it.
///
/// Of those who ask for the same while it is rendered, one asks the books and the others wait for
/// it: however many poll, each position is read once.
@ApplicationScoped
class StandingAnswers {
    /// Behind Quarkus' own filters: whoever gets here may read.
    private static final int BEHIND_AUTHORIZATION = 50;

    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private final KeptAnswers answers;
    private final PositionWatch watch;
    private final Map<String, List<Waiting>> rendered = new ConcurrentHashMap<>();

    StandingAnswers(KeptAnswers answers, PositionWatch watch) {
        this.answers = answers;
        this.watch = watch;
    }

    private record Waiting(RoutingContext request, Context context) {
        void wake(Runnable how) {
            context.runOnContext(
                    _ -> {
                        request.request().resume();
                        how.run();
                    });
        }
    }

    void register(@Observes Filters filters) {
        filters.register(this::route, BEHIND_AUTHORIZATION);
    }

    private void route(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!isAskedForNow(request) || watch.isInDoubt()) {
            context.next();
            return;
        }
        String address = request.absoluteURI();
        if (!answered(context, address)) {
            askOnce(context, address);
        }
    }

    /// A view, as JSON.
    private static boolean isAskedForNow(HttpServerRequest request) {
        String accepted = request.getHeader(HttpHeaders.ACCEPT);
        return READS.contains(request.method())
                && request.uri().startsWith("/v1/")
                && (accepted == null
                        || accepted.contains("*/*")
                        || accepted.contains("application/json"));
    }

    private boolean answered(RoutingContext context, String address) {
        var kept =
                answers.at(address)
                        .filter(watch::isCurrent)
                        .filter(it -> it.reaches(wanted(context.request())));
        kept.ifPresent(answer -> send(context.request(), answer));
        return kept.isPresent();
    }

    private static @Nullable String wanted(HttpServerRequest request) {
        String asked = request.getParam(ReadYourWritesFilter.PARAMETER);
        return asked == null ? request.getHeader(ReadYourWritesFilter.HEADER) : asked;
    }

    private void askOnce(RoutingContext context, String address) {
        var waiting = new Waiting(context, context.vertx().getOrCreateContext());
        boolean[] isFirst = {false};
        rendered.compute(
                address,
                (_, others) -> {
                    if (others == null) {
                        isFirst[0] = true;
                        return new ArrayList<>();
                    }
                    context.request().pause();
                    others.add(waiting);
                    return others;
                });
        if (isFirst[0]) {
            context.addEndHandler(_ -> release(address));
            context.next();
        }
    }

    private void release(String address) {
        List<Waiting> others = rendered.remove(address);
        for (Waiting one : others == null ? List.<Waiting>of() : others) {
            one.wake(
                    () -> {
                        if (!answered(one.request, address)) {
                            one.request.next(); // It was no view, or the books have moved.
                        }
                    });
        }
    }

    private static void send(HttpServerRequest request, KeptAnswer answer) {
        HttpServerResponse response = request.response();
        MultiMap headers = response.headers();
        headers.set(HttpHeaders.ETAG, answer.tag());
        headers.set(HttpHeaders.CACHE_CONTROL, ViewFilter.CACHE_CONTROL);
        headers.set(HttpHeaders.VARY, ViewFilter.VARY);
        URI next = answer.next();
        if (next != null) {
            headers.set("Link", ViewFilter.link(next));
        }
        if (ViewFilter.holds(request.getHeader(HttpHeaders.IF_NONE_MATCH), answer.tag())) {
            response.setStatusCode(Status.NOT_MODIFIED.getStatusCode()).end();
            return;
        }
        headers.set(HttpHeaders.CONTENT_TYPE, ViewFilter.JSON);
        headers.set(HttpHeaders.CONTENT_LENGTH, Integer.toString(answer.body().length));
        if (request.method().equals(HttpMethod.HEAD)) {
            response.end();
        } else {
            response.end(Buffer.buffer(answer.body()));
        }
    }
}
