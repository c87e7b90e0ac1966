package parley.ingest.publishing;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
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

/// Claims: what a named claimant said on a day.
@Path("/v1/claims")
@RunOnVirtualThread
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.PUBLISHER, Roles.EDITOR})
@Tag(name = "claims")
class ClaimsResource extends AnsweringResource {
    private final TypedCall call;

    ClaimsResource(TypedCall call) {
        this.call = call;
    }

    @POST
    @Operation(summary = "Record what a claimant said")
    @RequestBody(
            description =
                    "The whole statement. `claimId` may stand beside the fields of the schema; where it"
                            + " is left out, the answer names the one that was made.",
            content = @Content(schema = @Schema(ref = "/v1/schemas/claim.made")))
    public Response make(
            InputStream body,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @QueryParam("dryRun") boolean dryRun) {
        return answer(call.first(EventType.CLAIM_MADE, "claimId", body, key, dryRun));
    }

    @POST
    @Path("{claim}/corrections")
    @Operation(summary = "State a claim anew, as a whole, and say why")
    @RequestBody(
            description = "The reason and the whole statement, without `claimId`.",
            content = @Content(schema = @Schema(ref = "/v1/schemas/claim.corrected")))
    public Response correct(
            @PathParam("claim") String claim,
            InputStream body,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @QueryParam("dryRun") boolean dryRun) {
        return answer(call.about(EventType.CLAIM_CORRECTED, claim, body, key, dryRun));
    }

    @POST
    @Path("{claim}/retraction")
    @Operation(summary = "Take a claim back, and say why")
    @RequestBody(
            description = "The reason.",
            content = @Content(schema = @Schema(ref = "/v1/schemas/claim.retracted")))
    public Response retract(
            @PathParam("claim") String claim,
            InputStream body,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @QueryParam("dryRun") boolean dryRun) {
        return answer(call.about(EventType.CLAIM_RETRACTED, claim, body, key, dryRun));
    }
}
