package parley.ledger.views;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/// PostgreSQL takes no NUL, so nothing can be named by one.
class NulFilter {
    @ServerRequestFilter
    @Nullable Response refuse(ContainerRequestContext request) {
        if (holdsNul(request.getUriInfo().getPath())) {
            return Problem.of(Status.NOT_FOUND, "There is nothing whose name holds a NUL.")
                    .response();
        }
        for (var parameter : request.getUriInfo().getQueryParameters().entrySet()) {
            List<String> values = parameter.getValue();
            if (values.stream().anyMatch(NulFilter::holdsNul)) {
                String name = parameter.getKey();
                return Problem.badParameter(name, "`" + name + "` holds a NUL.").response();
            }
        }
        return null;
    }

    private static boolean holdsNul(String text) {
        return text.indexOf('\0') >= 0;
    }
}
