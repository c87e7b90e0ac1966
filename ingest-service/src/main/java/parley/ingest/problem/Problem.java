package parley.ingest.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.ingest.statement.Fault;

/// A problem document.
///
/// @param type the address of a page that explains this kind of problem
/// @param detail what went wrong this time, and what to do
/// @param errors each fault with its place
/// @param further what this kind tells beside that, or null
@JsonPropertyOrder({"type", "title", "status", "detail", "errors"})
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        List<Fault> errors,
        @JsonUnwrapped @Nullable Object further) {
    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        errors = List.copyOf(errors);
    }

    public static Problem of(ProblemKind kind, String detail, List<Fault> errors) {
        return of(kind, detail, errors, null);
    }

    public static Problem of(
            ProblemKind kind, String detail, List<Fault> errors, @Nullable Object further) {
        return new Problem(kind.address(), kind.title(), kind.status(), detail, errors, further);
    }
}
