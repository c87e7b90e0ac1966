package parley.contract;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// The value of a record is not what its type says. The message is a sentence for the sender.
public final class UnreadableEventException extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    UnreadableEventException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
