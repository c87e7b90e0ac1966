package parley.ledger.reconciliation;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The totals of one kind that are claimed.
final class Totals {
    static final Totals NONE = new Totals(Map.of());

    private final Map<String, Claimed> claimed; // by claim
    private final LocalDate last; // of the days that they are about

    /// How they stand.
    ///
    /// @param state a digest of the days that they are about: while it is the same, so is the rest
    /// @param findings by claim
    record Standing(Totals totals, long state, Map<String, Finding> findings) {}

    private Totals(Map<String, Claimed> claimed) {
        this.claimed = claimed;
        this.last =
                claimed.values().stream()
                        .flatMap(it -> Stream.of(it.until(), it.scope().since()))
                        .filter(Objects::nonNull)
                        .max(LocalDate::compareTo)
                        .orElse(LocalDate.MIN);
    }

    /// The same, but for those that are gone, and with those that stand now.
    Totals moved(Collection<String> gone, List<Claimed> standing) {
        if (standing.isEmpty() && Collections.disjoint(claimed.keySet(), gone)) {
            return this;
        }
        var moved = new HashMap<>(claimed);
        gone.forEach(moved::remove);
        standing.forEach(it -> moved.put(it.claim(), it));
        return moved.equals(claimed) ? this : new Totals(moved);
    }

    /// Those that were stated by that day.
    Totals upTo(LocalDate day) {
        return new Totals(
                claimed.values().stream()
                        .filter(it -> !it.statedOn().last().isAfter(day))
                        .collect(Collectors.toMap(Claimed::claim, Function.identity())));
    }

    boolean isNone() {
        return claimed.isEmpty();
    }

    boolean has(String claim) {
        return claimed.containsKey(claim);
    }

    /// How they stand to that ledger: looked at only where something of their days has changed.
    ///
    /// @param known how they stood at some other position, or null
    Standing standing(Days days, @Nullable Standing known) {
        long state = days.stateBy(last);
        return known != null && known.totals == this && known.state == state
                ? known
                : new Standing(this, state, Series.of(claimed.values(), days));
    }
}
