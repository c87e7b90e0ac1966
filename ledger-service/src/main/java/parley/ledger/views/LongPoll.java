package parley.ledger.views;

import java.time.Duration;
import java.util.Optional;

/// What a caller says who would rather wait for news than be told that there are none.
final class LongPoll {
    static final String PARAMETER = "wait";
    private static final int SECONDS_MAX = 60;

    private LongPoll() {}

    /// How long that is.
    ///
    /// @throws ReadException where it is not a number of seconds from 0 to 60
    static Duration wait(String seconds) {
        return parsed(seconds)
                .orElseThrow(
                        () ->
                                ReadException.badParameter(
                                        PARAMETER,
                                        "`wait` is a number of seconds from 0 to %d, not `%s`."
                                                .formatted(SECONDS_MAX, seconds)));
    }

    /// The same, or nothing where it is not.
    static Optional<Duration> parsed(String seconds) {
        try {
            int wanted = Integer.parseInt(seconds);
            return wanted >= 0 && wanted <= SECONDS_MAX
                    ? Optional.of(Duration.ofSeconds(wanted))
                    : Optional.empty();
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    /// An address without it: what is asked for is the same.
    static String without(String address) {
        if (!address.contains(PARAMETER + '=')) {
            return address;
        }
        return address.replaceAll("([?&])wait=[^&]*&?", "$1").replaceAll("[?&]$", "");
    }
}
