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

/// The totals of one kind that are claimed, and how they stand: looked at again only where
/// something has changed of the days that they are about.
final class Totals {
    static final Totals NONE = new Totals(Map.of());

    private final Map<String, Claimed> claimed; // by claim
    private final LocalDate last; // of the days that they are about
    private @Nullable Stood stood;

    /// How they stood, while those days had that digest.
    private record Stood(long state, Map<String, Finding> findings) {}

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

    /// How they stand to that ledger, by claim.
    synchronized Map<String, Finding> findings(Days days) {
        long state = days.stateBy(last);
        Stood known = stood;
        if (known == null || known.state != state) {
            known = new Stood(state, Series.of(claimed.values(), days));
            stood = known;
        }
        return known.findings;
    }
}
