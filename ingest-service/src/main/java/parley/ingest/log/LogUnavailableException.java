package parley.ingest.log;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// The log cannot be reached in time. Where it did not acknowledge an event, it may or may not be
/// there, so it is to be sent again.
public final class LogUnavailableException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    public LogUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
