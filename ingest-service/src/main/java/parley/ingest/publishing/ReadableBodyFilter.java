package parley.ingest.publishing;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;
import parley.ingest.problem.ProblemException;
import parley.ingest.problem.ProblemKind;

/// Refuses a body that does not say what it is, or that is not read as it stands.
final class ReadableBodyFilter {
    private static final Set<String> PUBLISHING = Set.of(HttpMethod.POST, HttpMethod.PUT);

    /// Before a call is chosen by the type: the framework breaks at one that is none.
    @ServerRequestFilter(preMatching = true)
    void checkType(ContainerRequestContext request) {
        String type = type(request);
        if (publishes(request) && type != null && !isMediaType(type)) {
            throw unsupported("The header Content-Type names no type, as application/json is one.");
        }
    }

    /// Once it is known who calls.
    @ServerRequestFilter
    void check(ContainerRequestContext request) {
        if (!publishes(request)) {
            return;
        }
        if (type(request) == null) {
            throw unsupported("There is no header Content-Type: it says which type the body is.");
        }
        String encoding = request.getHeaderString(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw unsupported("A body is read as it stands: send it without Content-Encoding.");
        }
    }

    private static boolean publishes(ContainerRequestContext request) {
        return PUBLISHING.contains(request.getMethod());
    }

    private static @Nullable String type(ContainerRequestContext request) {
        return request.getHeaderString(HttpHeaders.CONTENT_TYPE);
    }

    private static boolean isMediaType(String type) {
        try {
            return !MediaType.valueOf(type).isWildcardSubtype();
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static ProblemException unsupported(String why) {
        return new ProblemException(ProblemKind.UNSUPPORTED_TYPE, why);
    }
}
