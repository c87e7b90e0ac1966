package parley.ledger.fold;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A value, and the interval in which the log said so.
///
/// @param from the first moment
/// @param to the moment when it no longer did, after `from`; null while it does
public record Known<T>(T value, Instant from, @Nullable Instant to) {

    /// Whether the log says so to this day.
    public boolean isCurrent() {
        return to == null;
    }
}
