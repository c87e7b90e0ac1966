package parley.ingest.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.ingest.problem.ProblemKind;
import parley.ingest.statement.Fault;

/// Why one event of many was refused.
///
/// @param line its line in a stream, or its place in a batch, from 1
/// @param type the address of a page that explains this kind of problem
/// @param id the event's id, where it could be read
@JsonInclude(JsonInclude.Include.NON_NULL)
record LineProblem(
        long line,
        @Nullable String id,
        String type,
        int status,
        String title,
        @Nullable String detail,
        List<Fault> errors) {
    /// No id is longer, but not everything is one.
    private static final int ID_SHOWN_MAX = 256;

    LineProblem {
        errors = List.copyOf(errors);
    }

    /// How long all that its faults say is.
    int faultCharacters() {
        return errors.stream()
                .mapToInt(fault -> fault.pointer().length() + fault.detail().length())
                .sum();
    }

    /// The same, where the answer has no room to name them.
    LineProblem withoutFaults() {
        return new LineProblem(
                line,
                id,
                type,
                status,
                title,
                "%d things are wrong with it, for which this answer has no room: send it alone."
                        .formatted(errors.size()),
                List.of());
    }

    static LineProblem of(
            long line,
            @Nullable String id,
            ProblemKind kind,
            @Nullable String detail,
            List<Fault> errors) {
        String shown =
                id != null && id.length() > ID_SHOWN_MAX ? id.substring(0, ID_SHOWN_MAX) + "…" : id;
        return new LineProblem(
                line, shown, kind.address(), kind.status(), kind.title(), detail, errors);
    }
}
