package parley.ingest.documents;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import parley.contract.ContractDocuments;
import parley.ingest.problem.ProblemException;
import parley.ingest.problem.ProblemKind;

/// The JSON Schemas of the events.
@Path("/v1/schemas")
@Tag(name = "documents")
class SchemasResource {
    /// @param type the event type whose `data` it is the schema of; null: of what several share
    record Entry(String name, @Nullable String type, String url) {}

    record Listing(List<Entry> items) {}

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "List the JSON Schemas")
    public Listing list() {
        return new Listing(
                ContractDocuments.schemaNames().stream()
                        .map(
                                name ->
                                        new Entry(
                                                name,
                                                name.equals(ContractDocuments.COMMON) ? null : name,
                                                "/v1/schemas/" + name))
                        .toList());
    }

    @GET
    @Path("{name}")
    @Produces("application/schema+json")
    @Operation(summary = "One JSON Schema (2020-12)")
    public byte[] schema(@PathParam("name") String name) {
        return ContractDocuments.schema(name)
                .orElseThrow(
                        () ->
                                new ProblemException(
                                        ProblemKind.NOT_FOUND,
                                        "There is no schema of that name. The schemas are: "
                                                + String.join(
                                                        ", ", ContractDocuments.schemaNames())));
    }
}
