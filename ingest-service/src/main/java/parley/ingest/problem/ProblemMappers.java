package parley.ingest.problem;

import io.quarkus.logging.Log;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import parley.ingest.log.LogUnavailableException;
import parley.ingest.rate.OverRateException;

/// Answers with a problem document whatever goes wrong, and never with a stack trace.
final class ProblemMappers {
    /// A broker that lost its leader has another one by then.
    private static final int RETRY_AFTER_SECONDS = 2;

    private final Refusals refusals;
    private final CurrentVertxRequest current;

    ProblemMappers(Refusals refusals, CurrentVertxRequest current) {
        this.refusals = refusals;
        this.current = current;
    }

    @ServerExceptionMapper
    Response problem(ProblemException known) {
        return answer(known.problem()).build();
    }

    @ServerExceptionMapper
    Response logUnavailable(LogUnavailableException away) {
        return answer(
                        Problem.of(
                                ProblemKind.LOG_UNAVAILABLE,
                                away.getMessage()
                                        + " Send it again with the same Idempotency-Key in a few"
                                        + " seconds: it counts once, also if it did get there.",
                                List.of()))
                .build();
    }

    @ServerExceptionMapper
    Response overRate(OverRateException over) {
        return answer(
                        Problem.of(
                                ProblemKind.OVER_RATE,
                                over.getMessage()
                                        + " Nothing of this request was published: send it again"
                                        + " after Retry-After seconds, with the same key.",
                                List.of()))
                .header(HttpHeaders.RETRY_AFTER, over.pause().plusNanos(999_999_999).toSeconds())
                .build();
    }

    @ServerExceptionMapper
    Response completion(CompletionException wrapped) {
        return switch (wrapped.getCause()) {
            case ProblemException known -> problem(known);
            case LogUnavailableException away -> logUnavailable(away);
            case null, default -> unexpected(wrapped);
        };
    }

    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    Response unauthenticated() {
        return answer(
                        Problem.of(
                                ProblemKind.UNAUTHENTICATED,
                                ProblemKind.UNAUTHENTICATED.meaning(),
                                List.of()))
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .build();
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException forbidden) {
        String reason = forbidden.getMessage();
        return answer(
                        Problem.of(
                                ProblemKind.FORBIDDEN,
                                reason == null ? ProblemKind.FORBIDDEN.meaning() : reason,
                                List.of()))
                .build();
    }

    /// What the framework itself refuses: no such address, method, format or type.
    @ServerExceptionMapper
    Response refused(WebApplicationException refused) {
        int status = refused.getResponse().getStatus();
        if (status >= 500) {
            return unexpected(refused);
        }
        ProblemKind kind = ProblemKind.of(status);
        Response.ResponseBuilder answer = answer(Problem.of(kind, kind.meaning(), List.of()));
        String allow = refused.getResponse().getHeaderString(HttpHeaders.ALLOW);
        return (allow == null ? answer : answer.header(HttpHeaders.ALLOW, allow)).build();
    }

    @ServerExceptionMapper
    Response unexpected(Throwable fault) {
        Log.error("A request broke", fault);
        return answer(Problem.of(ProblemKind.INTERNAL, ProblemKind.INTERNAL.meaning(), List.of()))
                .build();
    }

    private Response.ResponseBuilder answer(Problem problem) {
        refusals.countRequest(problem, isDryRun());
        Response.ResponseBuilder answer =
                Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
        return problem.status() == ProblemKind.LOG_UNAVAILABLE.status()
                ? answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                : answer;
    }

    /// By the query as it was sent: it may be one that cannot be decoded. There is no other
    /// parameter.
    private boolean isDryRun() {
        return "dryRun=true".equals(current.getCurrent().request().query());
    }
}
