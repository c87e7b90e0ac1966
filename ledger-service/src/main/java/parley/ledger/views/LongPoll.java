package parley.ledger.views;

import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;

/// What a caller says who would rather wait for news than be told that there are none.
final class LongPoll {
    static final String PARAMETER = "wait";
    private static final int SECONDS_MAX = 60;

    /// The property of a request that says until when it may be held, by the clock that only
    /// measures.
    private static final String UNTIL = "parley.until";

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

    /// From now on the request may be held so long, unless that has begun before.
    static void begin(RoutingContext request, Duration wait) {
        if (!wait.isZero() && request.get(UNTIL) == null) {
            request.put(UNTIL, System.nanoTime() + wait.toNanos());
        }
    }

    /// How much of that is left.
    static Duration left(RoutingContext request) {
        Long until = request.get(UNTIL);
        return until == null ? Duration.ZERO : Duration.ofNanos(until - System.nanoTime());
    }

    /// Routes a request anew, as if it had come only now. Whoever holds it sends nothing any more.
    static void askAgain(RoutingContext context, Context eventLoop) {
        HttpServerRequest request = context.request();
        String query = request.query();
        String address = query == null ? request.path() : request.path() + '?' + query;
        eventLoop.runOnContext(
                _ -> {
                    if (!context.response().closed()) {
                        context.reroute(address);
                    }
                });
    }

    /// An address without it: what is asked for is the same.
    static String without(String address) {
        if (!address.contains(PARAMETER + '=')) {
            return address;
        }
        return address.replaceAll("([?&])wait=[^&]*&?", "$1").replaceAll("[?&]$", "");
    }
}
