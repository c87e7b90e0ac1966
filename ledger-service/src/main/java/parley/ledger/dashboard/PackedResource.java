package parley.ledger.dashboard;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.function.Function;
import parley.ledger.views.Encoding;
import parley.ledger.views.StrongTag;

/// Sends what is no answer of the ledger: packed and tagged as its answers are.
@ApplicationScoped
class PackedResource {
    private final CurrentVertxRequest current;

    PackedResource(CurrentVertxRequest current) {
        this.current = current;
    }

    /// @param type with its charset
    /// @param packing gives those bytes packed, which may have been done before
    Response.ResponseBuilder send(
            Request request, byte[] body, String type, Function<Encoding, byte[]> packing) {
        var encoding = Encoding.wanted(current.getCurrent().parsedHeaders().acceptEncoding());
        byte[] packed = packing.apply(encoding);
        var tag = new EntityTag(StrongTag.of(packed));
        Response.ResponseBuilder held = request.evaluatePreconditions(tag);
        Response.ResponseBuilder response = held == null ? Response.ok(packed, type) : held;
        if (held == null && packed != body) {
            response.header(HttpHeaders.CONTENT_ENCODING, encoding.token());
        }
        return response.tag(tag)
                .header(HttpHeaders.VARY, "Accept-Encoding, Accept-Language")
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "strict-origin-when-cross-origin");
    }
}
