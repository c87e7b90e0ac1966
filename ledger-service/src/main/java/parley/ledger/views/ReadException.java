package parley.ledger.views;

import jakarta.ws.rs.core.Response.Status;
import java.io.Serial;
import java.util.List;

/// A question that has no answer. The message is a sentence for whoever asked.
public final class ReadException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    private ReadException(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    /// There is nothing of that name.
    public static ReadException notFound(String detail) {
        return new ReadException(Problem.of(Status.NOT_FOUND, detail));
    }

    /// A query parameter is not what it must be.
    public static ReadException badParameter(String parameter, String detail) {
        return new ReadException(Problem.badParameter(parameter, detail));
    }

    /// What was asked for cannot be done as things stand.
    ///
    /// @param differences what stands in the way, if it can be listed
    public static ReadException conflict(String detail, List<?> differences) {
        return new ReadException(Problem.conflict(detail, differences));
    }

    Problem problem() {
        return problem;
    }
}
