package parley.ledger.views;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parley.ledger.views.KeptAnswer.Asked;

/// Answers from memory while PostgreSQL is away, and says how old that is.
@ApplicationScoped
class MemoryResource {
    private static final String CACHE_CONTROL = "public, max-age=1";
    private static final String AS_OF_READ = "Ledger-As-Of-Read";

    private final KeptAnswers answers;
    private final PositionWatch watch;

    MemoryResource(KeptAnswers answers, PositionWatch watch) {
        this.answers = answers;
        this.watch = watch;
    }

    /// Keeps what is about to be sent, where it is about now.
    void keep(
            ContainerRequestContext request,
            Asked asked,
            byte[] body,
            String tag,
            @Nullable URI next) {
        if (HttpMethod.GET.equals(request.getMethod())
                && !request.getUriInfo().getQueryParameters().containsKey("knownAt")) {
            answers.keep(
                    request.getUriInfo().getRequestUri().toString(),
                    new KeptAnswer(body, tag, next, asked));
        }
    }

    /// What was last answered there, where that reaches as far as the caller wants.
    Optional<Response> answer(ContainerRequestContext request) {
        if (!ViewFilter.reads(request)) {
            return Optional.empty();
        }
        Asked seen = watch.seen();
        return answers.at(request.getUriInfo().getRequestUri().toString())
                .filter(it -> it.reaches(ReadYourWritesFilter.wanted(request)))
                .map(it -> answer(request, it, seen == null ? it.asked() : it.currentAt(seen)));
    }

    private static Response answer(
            ContainerRequestContext request, KeptAnswer answer, Asked current) {
        var response =
                ViewFilter.holds(request.getHeaderString(HttpHeaders.IF_NONE_MATCH), answer.tag())
                        ? Response.notModified()
                        : Response.ok(answer.body(), MediaType.APPLICATION_JSON_TYPE);
        URI next = answer.next();
        if (next != null) {
            response.header(HttpHeaders.LINK, ViewFilter.link(next));
        }
        return response.header(HttpHeaders.ETAG, answer.tag())
                .header(HttpHeaders.CACHE_CONTROL, CACHE_CONTROL)
                .header(HttpHeaders.VARY, ViewFilter.VARY)
                .header("Age", Duration.ofNanos(System.nanoTime() - current.nanos()).toSeconds())
                .header(AS_OF_READ, current.at().truncatedTo(ChronoUnit.MILLIS))
                .build();
    }

    /// Nothing was kept that could be answered.
    static Response away() {
        return Response.fromResponse(
                        Problem.of(
                                        Status.SERVICE_UNAVAILABLE,
                                        "The books cannot be read now. Ask again.")
                                .response())
                .header("Retry-After", 1)
                .build();
    }
}
