package parley.ingest.problem;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;

/// The pages that the `type` of a problem leads to.
@Path("/v1/problems")
class ProblemsResource {
    @GET
    @Path("{problem}")
    @Produces(MediaType.TEXT_PLAIN + ";charset=UTF-8")
    @Operation(summary = "What a kind of problem means, and what to do about it")
    public String page(@PathParam("problem") String problem) {
        return ProblemKind.of(problem)
                .map(kind -> "%d %s%n%n%s%n".formatted(kind.status(), kind.title(), kind.meaning()))
                .orElseThrow(
                        () ->
                                new ProblemException(
                                        ProblemKind.NOT_FOUND,
                                        "There is no problem of that name."));
    }
}
