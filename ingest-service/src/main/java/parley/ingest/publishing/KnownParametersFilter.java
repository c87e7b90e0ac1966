package parley.ingest.publishing;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import parley.ingest.problem.ProblemException;
import parley.ingest.problem.ProblemKind;
import parley.ingest.statement.Found;
import parley.ingest.statement.Nearest;

/// Refuses a parameter that a publishing call does not have: of `?dryrun=true` nobody would want
/// that it publishes.
final class KnownParametersFilter {
    private static final String DRY_RUN = "dryRun";

    @ServerRequestFilter
    void check(ContainerRequestContext request) {
        if (request.getMethod().equals("GET") || request.getMethod().equals("HEAD")) {
            return;
        }
        request.getUriInfo().getQueryParameters().forEach(KnownParametersFilter::check);
    }

    private static void check(String name, List<String> values) {
        if (!name.equals(DRY_RUN)) {
            throw new ProblemException(
                    ProblemKind.UNREADABLE,
                    Found.in(name)
                            + " is not a parameter of this call."
                            + Nearest.didYouMean(name, List.of(DRY_RUN))
                            + " Its only one is dryRun.");
        }
        if (values.size() != 1 || !(values.contains("true") || values.contains("false"))) {
            throw new ProblemException(
                    ProblemKind.UNREADABLE,
                    "The parameter dryRun is true or false, and stands there once. Found: "
                            + Found.in(String.join(", ", values)));
        }
    }
}
