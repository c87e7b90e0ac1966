package parley.ingest.publishing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import parley.ingest.problem.ProblemException;
import parley.ingest.problem.ProblemKind;
import parley.ingest.statement.StrictJson;
import parley.ingest.statement.UnreadableJsonException;

/// Reads a body into memory, and no more of it than may be there.
public final class BoundedBody {
    /// The longest statement a typed call takes.
    public static final int STATEMENT_BYTES_MAX = 1 << 20;

    /// Longer bodies wait until there is room for them, so that they do not fill the memory.
    private static final int ROOMLESS_BYTES_MAX = 16 << 10;

    private static final int ROOM_MEBIBYTES = 64;
    private static final Semaphore ROOM = new Semaphore(ROOM_MEBIBYTES, true);
    private static final long ROOM_SECONDS_MAX = 10;

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
            byte[] first = body.readNBytes(ROOMLESS_BYTES_MAX);
            return first.length < ROOMLESS_BYTES_MAX ? first : withRoom(first, body, bytesMax);
        } catch (IOException cutOff) {
            throw new ProblemException(
                    ProblemKind.UNREADABLE, "The body was cut off before its end.");
        }
    }

    private static byte[] withRoom(byte[] first, InputStream body, int bytesMax)
            throws IOException {
        int mebibytes = bytesMax >> 20;
        if (!awaitRoom(mebibytes)) {
            throw new ProblemException(ProblemKind.OVERLOADED, ProblemKind.OVERLOADED.meaning());
        }
        try {
            byte[] rest = body.readNBytes(bytesMax + 1 - first.length);
            if (first.length + rest.length > bytesMax) {
                throw new ProblemException(
                        ProblemKind.TOO_LARGE,
                        "The body has more than %d bytes. Many events go as lines to /v1/events, as application/x-ndjson."
                                .formatted(bytesMax));
            }
            byte[] all = Arrays.copyOf(first, first.length + rest.length);
            System.arraycopy(rest, 0, all, first.length, rest.length);
            return all;
        } finally {
            ROOM.release(mebibytes);
        }
    }

    private static boolean awaitRoom(int mebibytes) {
        try {
            return ROOM.tryAcquire(mebibytes, ROOM_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
