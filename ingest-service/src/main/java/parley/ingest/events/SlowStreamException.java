package parley.ingest.events;

import java.io.IOException;
import java.io.Serial;
import java.time.Duration;

/// The lines of a stream did not come in the time that they may take.
final class SlowStreamException extends IOException {
    @Serial private static final long serialVersionUID = 1L;

    private SlowStreamException(String message) {
        super(message);
    }

    static SlowStreamException atLine(long line, Duration timeMax) {
        return new SlowStreamException(
                "Line %d took more than %d seconds.".formatted(line, timeMax.toSeconds()));
    }

    /// @param line the last that came
    static SlowStreamException onTheWhole(long line, int bytesPerSecondMin) {
        return new SlowStreamException(
                "Up to line %d the stream came with less than %d bytes a second."
                        .formatted(line, bytesPerSecondMin));
    }
}
