package parley.ingest.events;

import java.io.IOException;
import java.io.Serial;
import java.time.Duration;

/// A line did not come in the time that one may take.
final class SlowLineException extends IOException {
    @Serial private static final long serialVersionUID = 1L;

    SlowLineException(long line, Duration timeMax) {
        super("Line %d took more than %d seconds.".formatted(line, timeMax.toSeconds()));
    }
}
