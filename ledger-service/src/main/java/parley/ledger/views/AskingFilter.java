package parley.ledger.views;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/// In what form, and how patiently, something is asked for.
class AskingFilter {
    @ServerRequestFilter
    void check(ContainerRequestContext request) {
        format(request);
        wait(request);
    }

    /// How long it may be held.
    ///
    /// @throws ReadException where that is not a number of seconds from 0 to 60
    static Duration wait(ContainerRequestContext request) {
        String wait = request.getUriInfo().getQueryParameters().getFirst(LongPoll.PARAMETER);
        return wait == null ? Duration.ZERO : LongPoll.wait(wait);
    }

    /// Whether it is asked for as CSV and nothing else.
    static boolean insistsOnCsv(ContainerRequestContext request) {
        return request.getUriInfo().getQueryParameters().containsKey(Format.PARAMETER)
                || request.getAcceptableMediaTypes().stream()
                        .noneMatch(it -> it.isCompatible(MediaType.APPLICATION_JSON_TYPE));
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
