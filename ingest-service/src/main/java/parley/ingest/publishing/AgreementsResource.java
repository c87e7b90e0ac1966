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

/// Agreements: what parties have undertaken.
@Path("/v1/agreements")
@RunOnVirtualThread
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.PUBLISHER, Roles.EDITOR})
@Tag(name = "agreements")
class AgreementsResource extends AnsweringResource {
    private final TypedCall call;

    AgreementsResource(TypedCall call) {
        this.call = call;
    }

    @POST
    @Operation(summary = "Report what parties have undertaken")
    @RequestBody(
            description =
                    "The whole statement. `agreementId` may stand beside the fields of the schema; where it"
                            + " is left out, the answer names the one that was made.",
            content = @Content(schema = @Schema(ref = "/v1/schemas/agreement.reported")))
    public Response report(
            InputStream body,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @QueryParam("dryRun") boolean dryRun) {
        return answer(call.first(EventType.AGREEMENT_REPORTED, "agreementId", body, key, dryRun));
    }

    @POST
    @Path("{agreement}/corrections")
    @Operation(summary = "State an agreement anew, as a whole, and say why")
    @RequestBody(
            description = "The reason and the whole statement, without `agreementId`.",
            content = @Content(schema = @Schema(ref = "/v1/schemas/agreement.corrected")))
    public Response correct(
            @PathParam("agreement") String agreement,
            InputStream body,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @QueryParam("dryRun") boolean dryRun) {
        return answer(call.about(EventType.AGREEMENT_CORRECTED, agreement, body, key, dryRun));
    }

    @POST
    @Path("{agreement}/retraction")
    @Operation(summary = "Take an agreement back, and say why")
    @RequestBody(
            description = "The reason.",
            content = @Content(schema = @Schema(ref = "/v1/schemas/agreement.retracted")))
    public Response retract(
            @PathParam("agreement") String agreement,
            InputStream body,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @QueryParam("dryRun") boolean dryRun) {
        return answer(call.about(EventType.AGREEMENT_RETRACTED, agreement, body, key, dryRun));
    }
}
