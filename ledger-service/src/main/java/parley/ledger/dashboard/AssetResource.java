package parley.ledger.dashboard;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;

/// The scripts, styles and words of the page.
@Path("/dashboard")
public class AssetResource {
    private static final String FOR_GOOD = "public, max-age=31536000, immutable";
    private static final Map<String, String> TYPES =
            Map.of(
                    "js", "text/javascript;charset=UTF-8",
                    "css", "text/css;charset=UTF-8",
                    "json", "application/json",
                    "svg", "image/svg+xml");

    private final Assets assets;
    private final PackedResource packed;

    AssetResource(Assets assets, PackedResource packed) {
        this.assets = assets;
        this.packed = packed;
    }

    /// Under the version that they have they are kept for good; under another, which a replica of
    /// another release has named, not at all.
    @GET
    @Path("{version}/{file:.+}")
    @NonBlocking
    @Operation(hidden = true)
    public Response file(String version, String file, @Context Request request) {
        byte[] bytes = assets.file(file).orElseThrow(NotFoundException::new);
        String ending = file.substring(file.lastIndexOf('.') + 1);
        String type = TYPES.getOrDefault(ending, "application/octet-stream");
        return packed.send(request, bytes, type, encoding -> assets.packed(file, encoding))
                .header(
                        HttpHeaders.CACHE_CONTROL,
                        version.equals(assets.version()) ? FOR_GOOD : "no-cache")
                .build();
    }
}
