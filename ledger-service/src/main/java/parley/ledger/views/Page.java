package parley.ledger.views;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/// Which part of a list is wanted. Pages go by key, not by number: what is added meanwhile moves
/// none of them (see [Listing#ofOneMoment()] for what is corrected).
public class Page {
    private static final int LIMIT_DEFAULT = 100;
    private static final int LIMIT_MAX = 1000;
    private static final String SEPARATOR = "\n";

    @Parameter(description = "How many items, 1 to 1000; 100 where it is left out")
    @QueryParam("limit")
    @Nullable String limit;

    @Parameter(description = "From the `next` of the page before")
    @QueryParam("cursor")
    @Nullable String cursor;

    @Context
    @SuppressWarnings("NullAway.Init")
    UriInfo address;

    /// How many items are wanted.
    public int limit() {
        return limit == null ? LIMIT_DEFAULT : items("limit", limit);
    }

    /// A number of items.
    ///
    /// @throws ReadException where it is none from 1 to 1,000
    public static int items(String parameter, String number) {
        try {
            int wanted = Integer.parseInt(number);
            if (wanted >= 1 && wanted <= LIMIT_MAX) {
                return wanted;
            }
        } catch (NumberFormatException notANumber) {
            // Said below, as for a number out of range.
        }
        throw ReadException.badParameter(
                parameter,
                "`%s` is a number from 1 to %d, not `%s`.".formatted(parameter, LIMIT_MAX, number));
    }

    /// The key of the last item of the page before, of so many parts; null: the first page.
    public @Nullable List<String> after(int parts) {
        if (cursor == null) {
            return null;
        }
        try {
            var key =
                    List.of(
                            new String(Base64.getUrlDecoder().decode(cursor), UTF_8)
                                    .split(SEPARATOR, -1));
            if (key.size() == parts && key.stream().allMatch(it -> it.indexOf('\0') < 0)) {
                return key;
            }
        } catch (IllegalArgumentException notOurs) {
            // Said below, as for a key of another list.
        }
        throw notOurs();
    }

    /// What to say of a cursor that this list did not give.
    public static ReadException notOurs() {
        return ReadException.badParameter(
                "cursor", "`cursor` is not one that this list gave: follow `next` as it stands.");
    }

    /// One item more than wanted may have been read; it shows whether there is a next page.
    public <T> List<T> cut(List<T> read) {
        return read.size() > limit() ? read.subList(0, limit()) : read;
    }

    /// The address of the next page, or null where there is none.
    public <T> @Nullable URI next(List<T> read, Function<T, List<String>> key) {
        return read.size() <= limit() ? null : behind(key.apply(read.get(limit() - 1)));
    }

    /// The same address, of what was known at a moment.
    static URI knownAt(URI address, Instant moment) {
        return UriBuilder.fromUri(address).replaceQueryParam("knownAt", moment).build();
    }

    /// The address of the page that begins behind that key.
    public URI behind(List<String> key) {
        return address.getRequestUriBuilder()
                .replaceQueryParam(LongPoll.PARAMETER)
                .replaceQueryParam(
                        "cursor",
                        Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(String.join(SEPARATOR, key).getBytes(UTF_8)))
                .build();
    }
}
