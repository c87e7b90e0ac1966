package parley.ingest.publishing;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;
import parley.ingest.problem.ProblemException;
import parley.ingest.problem.ProblemKind;

/// Refuses a body that does not say what it is, before a call is chosen by what it says: without a
/// type, or with one that is none, any could be chosen, and a compressed body be read as it stands.
final class ReadableBodyFilter {
    @ServerRequestFilter(preMatching = true)
    void check(ContainerRequestContext request) {
        if (!request.getMethod().equals(HttpMethod.POST)
                && !request.getMethod().equals(HttpMethod.PUT)) {
            return;
        }
        String type = request.getHeaderString(HttpHeaders.CONTENT_TYPE);
        if (!isMediaType(type)) {
            throw new ProblemException(
                    ProblemKind.UNSUPPORTED_TYPE,
                    (type == null ? "There is no header Content-Type. " : "Content-Type is none. ")
                            + ProblemKind.UNSUPPORTED_TYPE.meaning());
        }
        String encoding = request.getHeaderString(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new ProblemException(
                    ProblemKind.UNSUPPORTED_TYPE,
                    "A body is read as it stands: send it without Content-Encoding.");
        }
    }

    private static boolean isMediaType(@Nullable String type) {
        if (type == null) {
            return false;
        }
        try {
            return !MediaType.valueOf(type).isWildcardSubtype();
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}
