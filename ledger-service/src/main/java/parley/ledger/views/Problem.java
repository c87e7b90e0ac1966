package parley.ledger.views;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import org.jspecify.annotations.Nullable;

/// What went wrong, for whoever asked.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type, String title, int status, String detail, @Nullable String parameter) {
    private static final String PROBLEM_JSON = "application/problem+json";

    static Problem of(Response.StatusType status, String detail) {
        return new Problem(
                "about:blank", status.getReasonPhrase(), status.getStatusCode(), detail, null);
    }

    static Problem badParameter(String parameter, String detail) {
        Status status = Status.BAD_REQUEST;
        return new Problem(
                "about:blank", status.getReasonPhrase(), status.getStatusCode(), detail, parameter);
    }

    Response response() {
        return Response.status(status)
                .type(MediaType.valueOf(PROBLEM_JSON))
                .header("Cache-Control", "no-store")
                .entity(this)
                .build();
    }
}
