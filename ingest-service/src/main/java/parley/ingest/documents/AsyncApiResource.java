package parley.ingest.documents;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import parley.contract.ContractDocuments;

/// The topics, for those who read the log themselves.
@Path("/v1/asyncapi")
@Tag(name = "documents")
class AsyncApiResource {
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "The AsyncAPI 3 document of the topics")
    public byte[] document() {
        return ContractDocuments.asyncApi();
    }
}
