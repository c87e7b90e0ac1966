package parley.ingest.connections;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Closes each connection with its answer once the service is about to go, so that the next
/// request comes by another one, to another replica. What is under way is answered.
@Singleton
final class Draining {
    /// Before everything else that handles requests.
    private static final int FIRST = 1_001;

    private volatile boolean isBegun;

    void listen(@Observes Filters filters) {
        filters.register(this::sendAway, FIRST);
    }

    void begin(@Observes ShutdownDelayInitiatedEvent going) {
        isBegun = true;
    }

    private void sendAway(RoutingContext routing) {
        routing.addHeadersEndHandler(
                _ -> {
                    if (isBegun) {
                        routing.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
                    }
                });
        routing.next();
    }
}
