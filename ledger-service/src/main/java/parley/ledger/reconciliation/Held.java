package parley.ledger.reconciliation;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import parley.contract.EdtfDate;
import parley.ledger.reconciliation.Scope.Kind;

/// What the books hold of a conflict at a moment, as far as totals hang on it.
final class Held {
    private final String conflict;
    private final @Nullable EdtfDate since;
    private final OffsetDateTime at;
    private final Days days;
    private final OffsetDateTime summedAt;
    private final Map<String, Claimed> totals; // by claim
    private @Nullable Map<String, Finding> findings;

    /// @param since the first day of the conflict, from which a total counts that names none
    /// @param summedAt the moment of the days: another one only where there are no totals
    private Held(
            String conflict,
            @Nullable EdtfDate since,
            OffsetDateTime at,
            Days days,
            OffsetDateTime summedAt,
            Map<String, Claimed> totals) {
        this.conflict = conflict;
        this.since = since;
        this.at = at;
        this.days = days;
        this.summedAt = summedAt;
        this.totals = totals;
    }

    /// Before the log began.
    static Held nothing(String conflict, @Nullable EdtfDate since) {
        return new Held(
                conflict, since, OffsetDateTime.MIN, Days.none(), OffsetDateTime.MIN, Map.of());
    }

    /// The totals of another moment, and still the days of this one.
    ///
    /// @param gone claims that said something else before
    Held moved(OffsetDateTime moment, List<String> gone, List<Claimed> standing) {
        var moved = new HashMap<>(totals);
        gone.forEach(moved::remove);
        standing.forEach(it -> moved.put(it.claim(), it));
        return new Held(conflict, since, moment, days, summedAt, moved);
    }

    /// The same with the days of its moment.
    Held summed(Days then) {
        return new Held(conflict, since, at, then, at, totals);
    }

    /// Only what had taken place, and been stated, by that day.
    Held asOf(LocalDate day) {
        return new Held(
                conflict,
                since,
                at,
                days.upTo(day),
                summedAt,
                totals.values().stream()
                        .filter(it -> !it.statedOn().last().isAfter(day))
                        .collect(Collectors.toMap(Claimed::claim, Function.identity())));
    }

    String conflict() {
        return conflict;
    }

    @Nullable EdtfDate since() {
        return since;
    }

    OffsetDateTime at() {
        return at;
    }

    OffsetDateTime summedAt() {
        return summedAt;
    }

    boolean isWithoutTotals() {
        return totals.isEmpty();
    }

    Days days() {
        return days;
    }

    /// How all totals stand, by claim: looked at once.
    synchronized Map<String, Finding> findings() {
        Map<String, Finding> found = findings;
        if (found == null) {
            found = Series.of(totals.values(), days);
            findings = found;
        }
        return found;
    }

    /// How one stands, if it is a total: only those of its kind are looked at.
    @Nullable Finding finding(String claim) {
        Claimed claimed = totals.get(claim);
        if (claimed == null) {
            return null;
        }
        Kind kind = claimed.scope().kind();
        return Series.of(
                        totals.values().stream()
                                .filter(it -> it.scope().kind().equals(kind))
                                .toList(),
                        days)
                .get(claim);
    }
}
