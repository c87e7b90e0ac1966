package parley.ledger.views;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.UUID;
import org.hibernate.exception.JDBCConnectionException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// Turns what went wrong into problems.
class ProblemResource {
    private static final Logger LOG = Logger.getLogger(ProblemResource.class);

    private final MemoryResource memory;
    private final PositionWatch watch;

    ProblemResource(MemoryResource memory, PositionWatch watch) {
        this.memory = memory;
        this.watch = watch;
    }

    @ServerExceptionMapper
    Response refused(ReadException refused) {
        return refused.problem().response();
    }

    @ServerExceptionMapper
    Response notFound(NotFoundException notFound) {
        return Problem.of(Status.NOT_FOUND, "There is nothing at this address: see /q/swagger-ui.")
                .response();
    }

    @ServerExceptionMapper
    Response refused(WebApplicationException refused) {
        Response.StatusType status = refused.getResponse().getStatusInfo();
        return Problem.of(status, String.valueOf(refused.getMessage())).response();
    }

    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    Response unauthenticated() {
        return Response.fromResponse(
                        Problem.of(Status.UNAUTHORIZED, "This needs a valid bearer token.")
                                .response())
                .header("WWW-Authenticate", "Bearer")
                .build();
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException forbidden) {
        return Problem.of(Status.FORBIDDEN, "The role of this token does not allow it.").response();
    }

    @ServerExceptionMapper({BooksAwayException.class, JDBCConnectionException.class})
    Response away(Exception away, ContainerRequestContext request) {
        LOG.warn("PostgreSQL does not answer", away);
        watch.doubt();
        return memory.answer(request).orElseGet(MemoryResource::away);
    }

    /// What the caller reads and what the log says are two texts, tied together by a number.
    @ServerExceptionMapper
    Response failed(Throwable failure, ContainerRequestContext request) {
        if (failure instanceof Exception away && Reader.isAway(failure)) {
            return away(away, request);
        }
        String incident = UUID.randomUUID().toString();
        LOG.errorf(failure, "Incident %s", incident);
        return Problem.of(
                        Status.INTERNAL_SERVER_ERROR,
                        "This is our fault, not yours. Tell the operator: incident "
                                + incident
                                + ".")
                .response();
    }
}
