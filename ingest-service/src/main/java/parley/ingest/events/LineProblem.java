package parley.ingest.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.ingest.problem.ProblemKind;
import parley.ingest.statement.Fault;

/// Why one event of many was refused.
///
/// @param line its line in a stream, or its place in a batch, from 1
/// @param id the event's id, where it could be read
@JsonInclude(JsonInclude.Include.NON_NULL)
record LineProblem(
        long line,
        @Nullable String id,
        int status,
        String title,
        @Nullable String detail,
        List<Fault> errors) {
    LineProblem {
        errors = List.copyOf(errors);
    }

    static LineProblem of(
            long line,
            @Nullable String id,
            ProblemKind kind,
            @Nullable String detail,
            List<Fault> errors) {
        return new LineProblem(line, id, kind.status(), kind.title(), detail, errors);
    }
}
