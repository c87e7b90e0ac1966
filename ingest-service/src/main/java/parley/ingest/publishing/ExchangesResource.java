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

/// Exchanges: handovers that took place.
@Path("/v1/exchanges")
@RunOnVirtualThread
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.PUBLISHER, Roles.EDITOR})
@Tag(name = "exchanges")
class ExchangesResource extends AnsweringResource {
    private final TypedCall call;

    ExchangesResource(TypedCall call) {
        this.call = call;
    }

    @POST
    @Operation(summary = "Report an exchange that took place")
    @RequestBody(
            description =
                    "The whole statement. `exchangeId` may stand beside the fields of the schema; where it"
                            + " is left out, the answer names the one that was made.",
            content = @Content(schema = @Schema(ref = "/v1/schemas/exchange.reported")))
    public Response report(
            InputStream body,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @QueryParam("dryRun") boolean dryRun) {
        return answer(call.first(EventType.EXCHANGE_REPORTED, "exchangeId", body, key, dryRun));
    }

    @POST
    @Path("{exchange}/corrections")
    @Operation(summary = "State an exchange anew, as a whole, and say why")
    @RequestBody(
            description = "The reason and the whole statement, without `exchangeId`.",
            content = @Content(schema = @Schema(ref = "/v1/schemas/exchange.corrected")))
    public Response correct(
            @PathParam("exchange") String exchange,
            InputStream body,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @QueryParam("dryRun") boolean dryRun) {
        return answer(call.about(EventType.EXCHANGE_CORRECTED, exchange, body, key, dryRun));
    }

    @POST
    @Path("{exchange}/retraction")
    @Operation(summary = "Take an exchange back, and say why")
    @RequestBody(
            description = "The reason.",
            content = @Content(schema = @Schema(ref = "/v1/schemas/exchange.retracted")))
    public Response retract(
            @PathParam("exchange") String exchange,
            InputStream body,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @QueryParam("dryRun") boolean dryRun) {
        return answer(call.about(EventType.EXCHANGE_RETRACTED, exchange, body, key, dryRun));
    }

    @POST
    @Path("{exchange}/merge")
    @RolesAllowed(Roles.EDITOR)
    @Operation(summary = "Say that an exchange is the same handover as another (editors only)")
    @RequestBody(
            description = "The exchange that stays, and why.",
            content = @Content(schema = @Schema(ref = "/v1/schemas/exchange.merged")))
    public Response merge(
            @PathParam("exchange") String exchange,
            InputStream body,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @QueryParam("dryRun") boolean dryRun) {
        return answer(call.about(EventType.EXCHANGE_MERGED, exchange, body, key, dryRun));
    }
}
