package parley.ledger.views;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What went wrong, for whoever asked.
///
/// @param parameter the query parameter or field that is not what it must be
/// @param differences what stands in the way of what was asked for
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String parameter,
        @Nullable List<?> differences) {
    static final MediaType MEDIA_TYPE = MediaType.valueOf("application/problem+json");

    static Problem of(Response.StatusType status, String detail) {
        return new Problem(
                "about:blank",
                status.getReasonPhrase(),
                status.getStatusCode(),
                detail,
                null,
                null);
    }

    static Problem badParameter(String parameter, String detail) {
        Status status = Status.BAD_REQUEST;
        return new Problem(
                "about:blank",
                status.getReasonPhrase(),
                status.getStatusCode(),
                detail,
                parameter,
                null);
    }

    static Problem conflict(String detail, List<?> differences) {
        Status status = Status.CONFLICT;
        return new Problem(
                "about:blank",
                status.getReasonPhrase(),
                status.getStatusCode(),
                detail,
                null,
                differences);
    }

    Response response() {
        return Response.status(status)
                .type(MEDIA_TYPE)
                .header("Cache-Control", "no-store")
                .entity(this)
                .build();
    }
}
