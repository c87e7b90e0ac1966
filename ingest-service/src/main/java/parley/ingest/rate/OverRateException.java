package parley.ingest.rate;

import java.io.Serial;
import java.time.Duration;

/// A publisher sends more than it may.
public final class OverRateException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final Duration pause;

    OverRateException(String message, Duration pause) {
        super(message);
        this.pause = pause;
    }

    /// How long until it is worth asking again.
    public Duration pause() {
        return pause;
    }
}
