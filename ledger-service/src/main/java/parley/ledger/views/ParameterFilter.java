package parley.ledger.views;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/// Whoever writes `knownat` would be answered as of now and not see it. What is like no parameter
/// that there is passes: chart tools and links add their own.
class ParameterFilter {
    private static final Set<String> KNOWN =
            Set.of(
                    "agreement",
                    "asOf",
                    "bucket",
                    "category",
                    "claimant",
                    "conflict",
                    "cumulative",
                    "cursor",
                    "direction",
                    "exchange",
                    "knownAt",
                    "knownOn",
                    "lang",
                    "limit",
                    "party",
                    "since",
                    "tell",
                    "theme",
                    "until",
                    "verdict",
                    Format.PARAMETER,
                    LongPoll.PARAMETER,
                    ReadYourWritesFilter.PARAMETER);

    @ServerRequestFilter
    @Nullable Response refuse(ContainerRequestContext request) {
        for (String name : request.getUriInfo().getQueryParameters().keySet()) {
            Optional<String> meant = meant(name);
            if (meant.isPresent()) {
                return Problem.badParameter(
                                name,
                                "There is no `%s`. Did you mean `%s`?".formatted(name, meant.get()))
                        .response();
            }
        }
        return null;
    }

    /// The parameter that a name is probably a slip for.
    private static Optional<String> meant(String name) {
        return KNOWN.contains(name)
                ? Optional.empty()
                : KNOWN.stream()
                        .filter(
                                it ->
                                        isSlip(
                                                name.toLowerCase(Locale.ROOT),
                                                it.toLowerCase(Locale.ROOT)))
                        .sorted()
                        .findFirst();
    }

    /// Whether the two differ by no more than one letter, or by two that are swapped.
    private static boolean isSlip(String one, String other) {
        int least = Math.min(one.length(), other.length());
        int start = 0;
        while (start < least && one.charAt(start) == other.charAt(start)) {
            start++;
        }
        int end = 0;
        while (end < least - start
                && one.charAt(one.length() - 1 - end) == other.charAt(other.length() - 1 - end)) {
            end++;
        }
        String left = one.substring(start, one.length() - end);
        String right = other.substring(start, other.length() - end);
        boolean isSwapped =
                left.length() == 2 && new StringBuilder(left).reverse().toString().equals(right);
        return isSwapped || (left.length() <= 1 && right.length() <= 1);
    }
}
