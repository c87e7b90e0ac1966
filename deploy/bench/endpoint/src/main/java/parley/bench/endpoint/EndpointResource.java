package parley.bench.endpoint;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;

/// Takes a report as a Quarkus endpoint does, and keeps nothing of it.
@Path("/v1")
@RunOnVirtualThread
public class EndpointResource {
    /// What a report is answered with.
    ///
    /// @param eventId a new one for each
    public record Receipt(String eventId, String subject, String position) {}

    /// Parses and checks it.
    @POST
    @Path("exchanges")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response check(@Valid @NotNull Report report) {
        String id = UUID.randomUUID().toString();
        return Response.accepted(new Receipt(id, id, "e3:1234567"))
                .type(MediaType.APPLICATION_JSON)
                .header("Ledger-Position", "e3:1234567")
                .build();
    }

    /// Only answers.
    @POST
    @Path("nothing")
    public Response answer() {
        return Response.accepted().build();
    }
}
