package parley.ingest.statement;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// It is not JSON, or not in a way that every reader would read alike.
public final class UnreadableJsonException extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    UnreadableJsonException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
