package parley.ledger.views;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Sends callers away in good order before the service goes: first it is not ready any more and
/// closes each connection with the answer; then, when the delay is over, whoever waits or listens
/// is told to come again. Requests that are under way are answered in any case.
@ApplicationScoped
class Draining {
    /// Before everything else that handles requests.
    private static final int FIRST = 1_000;

    private final PositionWatch watch;
    private final Duration delay;
    private volatile boolean isBegun;

    Draining(
            PositionWatch watch,
            @ConfigProperty(name = "quarkus.shutdown.delay") Optional<Duration> delay) {
        this.watch = watch;
        this.delay = delay.orElse(Duration.ZERO);
    }

    void listen(@Observes Filters filters) {
        filters.register(this::sendAway, FIRST);
    }

    /// Those who wait are held while others may still be sent here: they would come back at once.
    void begin(@Observes ShutdownDelayInitiatedEvent going) {
        isBegun = true;
        CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS)
                .execute(watch::letGo);
    }

    private void sendAway(RoutingContext routing) {
        if (routing.request().version() != HttpVersion.HTTP_2) {
            routing.addHeadersEndHandler(
                    _ -> {
                        if (isBegun) {
                            routing.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
                        }
                    });
        }
        routing.next();
    }
}
