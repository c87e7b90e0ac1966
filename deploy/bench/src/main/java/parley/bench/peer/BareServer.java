package parley.bench.peer;

import io.vertx.core.buffer.Buffer;
import java.nio.file.Files;
import java.nio.file.Path;

/// Answers the same bytes to whoever asks, or that they have not changed.
public final class BareServer {
    private static final int NOT_MODIFIED = 304;

    private BareServer() {}

    /// `TOLD BODY_FILE CONTENT_TYPE ETAG`; tells its port.
    public static void main(String... arguments) throws Exception {
        byte[] body = Files.readAllBytes(Path.of(arguments[1]));
        String type = arguments[2];
        String tag = arguments[3];
        Servers.serve(
                Path.of(arguments[0]),
                request -> {
                    var response = request.response().putHeader("ETag", tag);
                    if (tag.equals(request.getHeader("If-None-Match"))) {
                        response.setStatusCode(NOT_MODIFIED).end();
                    } else {
                        response.putHeader("Content-Type", type).end(Buffer.buffer(body));
                    }
                });
    }
}
