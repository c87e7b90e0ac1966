package parley.ingest.publishing;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import parley.contract.EventType;
import parley.ingest.access.Roles;

/// Conflicts: what a ledger is kept for.
@Path("/v1/conflicts")
@RunOnVirtualThread
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.EDITOR)
@Tag(name = "conflicts")
class ConflictsResource extends AnsweringResource {
    private final TypedCall call;

    ConflictsResource(TypedCall call) {
        this.call = call;
    }

    @PUT
    @Path("{conflict}")
    @Operation(summary = "Define a conflict and its parties (editors only)")
    @RequestBody(
            description = "The whole definition; it takes the place of an earlier one.",
            content = @Content(schema = @Schema(ref = "/v1/schemas/conflict.defined")))
    public Response define(
            @PathParam("conflict") String conflict,
            InputStream body,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @QueryParam("dryRun") boolean dryRun) {
        return answer(call.about(EventType.CONFLICT_DEFINED, conflict, body, key, dryRun));
    }
}
