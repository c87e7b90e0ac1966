package parley.ingest.connections;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// Lets a short body come in before a thread is given to its request. A thread that waits for a
/// body, and an event loop that is woken to read on, cost as much as to check the statement.
@Singleton
final class ShortBodies {
    /// As many as may be there of callers that nobody knows yet: on all connections 32 MiB.
    private static final int BYTES_MAX = 8 << 10;

    /// After those that look at connections, before all that look at requests.
    private static final int NEXT = 999;

    void listen(@Observes Filters filters) {
        filters.register(ShortBodies::await, NEXT);
    }

    private static void await(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        if (!isShort(request.getHeader(HttpHeaders.CONTENT_LENGTH))
                || request.getHeader(HttpHeaders.EXPECT) != null) {
            routing.next();
            return;
        }
        request.body()
                .onSuccess(
                        body -> {
                            ((RoutingContextInternal) routing).setBody(body);
                            routing.next();
                        })
                .onFailure(routing::fail); // The connection is gone: nobody is answered.
        request.resume(); // It is held back until somebody reads it.
    }

    private static boolean isShort(@Nullable String length) {
        if (length == null || length.length() > 4) {
            return false;
        }
        try {
            int bytes = Integer.parseInt(length);
            return bytes > 0 && bytes <= BYTES_MAX;
        } catch (NumberFormatException none) {
            return false;
        }
    }
}
