package parley.ledger.entries;

import jakarta.ws.rs.QueryParam;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;
import parley.contract.Category;
import parley.ledger.views.Moment;
import parley.ledger.views.ReadException;

/// Which entries are wanted.
public class EntryFilter {
    @Parameter(description = "Only what that party received or handed over")
    @QueryParam("party")
    @Nullable String party;

    @Parameter(description = "Of that party: `received` or `handedOver`")
    @QueryParam("direction")
    @Nullable String direction;

    @QueryParam("category")
    @Nullable String category;

    @QueryParam("exchange")
    @Nullable String exchange;

    @Parameter(description = "Only what fulfils that agreement")
    @QueryParam("agreement")
    @Nullable String agreement;

    @Parameter(description = "From that day on, e.g. 2025-06-11")
    @QueryParam("since")
    @Nullable String since;

    @Parameter(description = "Up to that day, which is included")
    @QueryParam("until")
    @Nullable String until;

    @Nullable String receiver() {
        return "received".equals(direction()) ? party : null;
    }

    @Nullable String giver() {
        return "handedOver".equals(direction()) ? party : null;
    }

    @Nullable String either() {
        return direction() == null ? party : null;
    }

    private @Nullable String direction() {
        if (direction == null) {
            return null;
        }
        if (!direction.equals("received") && !direction.equals("handedOver")) {
            throw ReadException.badParameter(
                    "direction",
                    "`direction` is `received` or `handedOver`, not `" + direction + "`.");
        }
        if (party == null) {
            throw ReadException.badParameter(
                    "direction", "`direction` is seen from a party: say which by `party`.");
        }
        return direction;
    }

    @Nullable Integer category() {
        if (category == null) {
            return null;
        }
        return Arrays.stream(Category.values())
                .filter(it -> it.wire().equals(category))
                .map(Category::ordinal)
                .findFirst()
                .orElseThrow(
                        () ->
                                ReadException.badParameter(
                                        "category",
                                        "`category` is one of %s, not `%s`."
                                                .formatted(
                                                        Arrays.stream(Category.values())
                                                                .map(Category::wire)
                                                                .collect(Collectors.joining(", ")),
                                                        category)));
    }

    @Nullable LocalDate since() {
        return Moment.day("since", since);
    }

    @Nullable LocalDate until() {
        return Moment.day("until", until);
    }
}
