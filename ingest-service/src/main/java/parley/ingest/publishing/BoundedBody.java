package parley.ingest.publishing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.RequestScoped;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import parley.ingest.access.Callers;
import parley.ingest.problem.ProblemException;
import parley.ingest.problem.ProblemKind;
import parley.ingest.statement.StrictJson;
import parley.ingest.statement.UnreadableJsonException;

/// Reads the body of a request into memory, and no more of it than may be there. A long one waits
/// for room, and keeps what it needs until it is answered.
@RequestScoped
public class BoundedBody {
    /// The longest statement a typed call takes, and the longest line of a stream.
    public static final int STATEMENT_BYTES_MAX = 1 << 20;

    private static final int BATCH_BYTES_MAX = 8 << 20;
    private static final int ROOMLESS_BYTES_MAX = 16 << 10;

    private final Callers callers;
    private final Room room;
    private Room.@Nullable Held understanding;

    BoundedBody(Callers callers, Room room) {
        this.callers = callers;
        this.room = room;
    }

    /// The body as an object; a [ProblemException] says why it is none.
    public ObjectNode object(InputStream sent) {
        if (statement(sent) instanceof ObjectNode object) {
            return object;
        }
        throw new ProblemException(
                ProblemKind.UNREADABLE, "The body is JSON, but not an object: it begins with {.");
    }

    /// The body of a single event as JSON; a [ProblemException] says why it is none.
    public JsonNode statement(InputStream sent) {
        return json(sent, STATEMENT_BYTES_MAX);
    }

    /// The body of many events as JSON; a [ProblemException] says why it is none.
    public JsonNode batch(InputStream sent) {
        return json(sent, BATCH_BYTES_MAX);
    }

    private JsonNode json(InputStream sent, int bytesMax) {
        byte[] text = bytes(sent, bytesMax);
        try {
            return StrictJson.read(text, 0, text.length);
        } catch (UnreadableJsonException unreadable) {
            throw new ProblemException(
                    ProblemKind.UNREADABLE,
                    "The body is not readable JSON. " + unreadable.getMessage());
        }
    }

    private byte[] bytes(InputStream sent, int bytesMax) {
        try {
            byte[] first = sent.readNBytes(ROOMLESS_BYTES_MAX);
            if (first.length < ROOMLESS_BYTES_MAX) {
                return first;
            }
            byte[] all = longer(first, sent, bytesMax);
            understanding = room.toUnderstand(all.length);
            return all;
        } catch (IOException cutOff) {
            throw new ProblemException(
                    ProblemKind.UNREADABLE, "The body was cut off before its end.");
        }
    }

    private byte[] longer(byte[] first, InputStream sent, int bytesMax) throws IOException {
        Room.Held reading = room.toRead(callers.current().publisher(), bytesMax);
        try {
            byte[] rest = sent.readNBytes(bytesMax + 1 - first.length);
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
            reading.giveBack();
        }
    }

    @PreDestroy
    void giveBack() {
        if (understanding != null) {
            understanding.giveBack();
        }
    }
}
