package parley.ledger.views;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import parley.ledger.books.ReadGeneration;
import parley.ledger.views.KeptAnswers.Question;

/// Answers from memory while PostgreSQL is away, and says how old that is.
@ApplicationScoped
class MemoryResource {
    /// Another replica may see the books further: no cache may hold this against its answers.
    private static final String CACHE_CONTROL = "no-store";

    private static final String AS_OF_READ = "Ledger-As-Of-Read";

    private final KeptAnswers answers;
    private final PositionWatch watch;
    private final ReadGeneration read;

    MemoryResource(KeptAnswers answers, PositionWatch watch, ReadGeneration read) {
        this.answers = answers;
        this.watch = watch;
        this.read = read;
    }

    /// Keeps what is about to be sent, where it is about now and of what is still read.
    void keep(ContainerRequestContext request, KeptAnswer answer) {
        if (!request.getUriInfo().getQueryParameters().containsKey("knownAt")
                && answer.asked().generation() == read.serving()) {
            answers.keep(question(request), answer);
            watch.readAt(answer.asked());
        }
    }

    /// What was last answered there, where that reaches as far as the caller wants: while the books
    /// are in sight only what they would give again, so that no answer goes back.
    Optional<Response> answer(ContainerRequestContext request) {
        if (!ViewFilter.reads(request)) {
            return Optional.empty();
        }
        Asked seen = watch.seen();
        return answers.to(question(request))
                .filter(it -> watch.isOutOfSight() || watch.isCurrent(it))
                .filter(it -> it.reaches(ReadYourWritesFilter.wanted(request)))
                .map(it -> answer(request, it, seen == null ? it.asked() : it.currentAt(seen)));
    }

    static Question question(ContainerRequestContext request) {
        return Question.of(
                request.getUriInfo().getRequestUri().toString(), AskingFilter.format(request));
    }

    private static Response answer(
            ContainerRequestContext request, KeptAnswer answer, Asked current) {
        String held =
                ViewFilter.held(
                        request.getHeaderString(HttpHeaders.IF_NONE_MATCH),
                        answer.tag(),
                        answer.tag());
        var response =
                held == null
                        ? Response.ok(answer.body(), answer.format().contentType())
                        : Response.notModified();
        URI next = answer.next();
        if (next != null) {
            response.header(HttpHeaders.LINK, ViewFilter.link(next));
        }
        return response.header(HttpHeaders.ETAG, held == null ? answer.tag() : held)
                .header(HttpHeaders.LAST_MODIFIED, answer.modified())
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
