package parley.ledger.views;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/// In what form, and how patiently, something is asked for.
class AskingFilter {
    /// The property of a request that says how long it may be held.
    static final String WAIT = "parley.wait";

    @ServerRequestFilter
    void check(ContainerRequestContext request) {
        format(request);
        String wait = request.getUriInfo().getQueryParameters().getFirst(LongPoll.PARAMETER);
        request.setProperty(WAIT, wait == null ? Duration.ZERO : LongPoll.wait(wait));
    }

    /// In what it is to be written.
    ///
    /// @throws ReadException where that is a form that there is not
    static Format format(ContainerRequestContext request) {
        String named = request.getUriInfo().getQueryParameters().getFirst(Format.PARAMETER);
        if (named != null) {
            return Format.named(named)
                    .orElseThrow(
                            () ->
                                    ReadException.badParameter(
                                            Format.PARAMETER,
                                            "`format` is `json` or `csv`, not `" + named + "`."));
        }
        MediaType csv = MediaType.valueOf(Format.CSV.mediaType());
        for (MediaType accepted : request.getAcceptableMediaTypes()) {
            if (accepted.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
                return Format.JSON;
            }
            if (accepted.isCompatible(csv)) {
                return Format.CSV;
            }
        }
        return Format.JSON;
    }
}
