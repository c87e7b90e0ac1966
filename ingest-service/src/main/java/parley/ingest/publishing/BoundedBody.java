package parley.ingest.publishing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import parley.ingest.problem.ProblemException;
import parley.ingest.problem.ProblemKind;
import parley.ingest.statement.StrictJson;
import parley.ingest.statement.UnreadableJsonException;

/// Reads a body into memory, and no more of it than may be there.
public final class BoundedBody {
    /// The longest statement a typed call takes.
    public static final int STATEMENT_BYTES_MAX = 1 << 20;

    private BoundedBody() {}

    /// The body as an object; a [ProblemException] says why it is none.
    public static ObjectNode object(InputStream body) {
        if (json(body, STATEMENT_BYTES_MAX) instanceof ObjectNode object) {
            return object;
        }
        throw new ProblemException(
                ProblemKind.UNREADABLE, "The body is JSON, but not an object: it begins with {.");
    }

    /// The body as JSON; a [ProblemException] says why it is none.
    public static JsonNode json(InputStream body, int bytesMax) {
        byte[] text = bytes(body, bytesMax);
        try {
            return StrictJson.read(text, 0, text.length);
        } catch (UnreadableJsonException unreadable) {
            throw new ProblemException(
                    ProblemKind.UNREADABLE,
                    "The body is not readable JSON. " + unreadable.getMessage());
        }
    }

    private static byte[] bytes(InputStream body, int bytesMax) {
        try {
            byte[] text = body.readNBytes(bytesMax + 1);
            if (text.length > bytesMax) {
                throw new ProblemException(
                        ProblemKind.TOO_LARGE,
                        "The body has more than %d bytes. Many events go as lines to /v1/events, as application/x-ndjson."
                                .formatted(bytesMax));
            }
            return text;
        } catch (IOException cutOff) {
            throw new UncheckedIOException("The body was cut off", cutOff);
        }
    }
}
