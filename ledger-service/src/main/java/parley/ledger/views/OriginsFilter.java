package parley.ledger.views;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.SecurityHandlerPriorities;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Where the pages of all origins may read, every read says so, and in the same words whoever asks.
///
/// Quarkus says it only to who names an origin, and names that one: a shared cache would then keep
/// for all what was said to one.
@ApplicationScoped
class OriginsFilter {
    private static final int BEHIND_CORS = SecurityHandlerPriorities.CORS - 1;
    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final String ALL = "*";

    private static final List<CharSequence> TO_ONE =
            List.of(
                    HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS,
                    HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS,
                    HttpHeaders.VARY);

    private final boolean isForAll;
    private final String exposed;

    OriginsFilter(
            @ConfigProperty(name = "quarkus.http.cors.origins") String origins,
            @ConfigProperty(name = "quarkus.http.cors.exposed-headers") String exposed) {
        this.isForAll = origins.equals(ALL);
        this.exposed = exposed;
    }

    void register(@Observes Filters filters) {
        if (isForAll) {
            filters.register(this::allow, BEHIND_CORS);
        }
    }

    private void allow(RoutingContext context) {
        if (READS.contains(context.request().method())) {
            MultiMap headers = context.response().headers();
            TO_ONE.forEach(headers::remove);
            headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, ALL);
            headers.set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, exposed);
        }
        context.next();
    }
}
