package parley.ledger.reconciliation;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.contract.EdtfDate;
import parley.ledger.reconciliation.Scope.Kind;
import parley.ledger.reconciliation.Totals.Standing;

/// What the books hold of a conflict at a moment, as far as totals hang on it.
final class Held {
    private final String conflict;
    private final @Nullable EdtfDate since;
    private final OffsetDateTime at;
    private final Days days;
    private final OffsetDateTime summedAt;
    private final Map<Kind, Totals> totals;
    private final Map<Kind, Standing> standings; // as far as they were looked at, here or before

    /// @param since the first day of the conflict, from which a total counts that names none
    /// @param summedAt the moment of the days: another one only where there are no totals
    private Held(
            String conflict,
            @Nullable EdtfDate since,
            OffsetDateTime at,
            Days days,
            OffsetDateTime summedAt,
            Map<Kind, Totals> totals,
            Map<Kind, Standing> standings) {
        this.conflict = conflict;
        this.since = since;
        this.at = at;
        this.days = days;
        this.summedAt = summedAt;
        this.totals = totals;
        this.standings = new ConcurrentHashMap<>(standings);
        this.standings.keySet().retainAll(totals.keySet());
    }

    /// Before the log began.
    static Held nothing(String conflict, @Nullable EdtfDate since) {
        return new Held(
                conflict,
                since,
                OffsetDateTime.MIN,
                Days.none(),
                OffsetDateTime.MIN,
                Map.of(),
                Map.of());
    }

    /// The totals of another moment, and still the days of this one.
    ///
    /// @param gone claims that said something else before
    Held moved(OffsetDateTime moment, List<String> gone, List<Claimed> standing) {
        Map<Kind, List<Claimed>> ofKind =
                standing.stream().collect(Collectors.groupingBy(it -> it.scope().kind()));
        var moved = new HashMap<>(totals);
        ofKind.keySet().forEach(kind -> moved.putIfAbsent(kind, Totals.NONE));
        moved.replaceAll((kind, of) -> of.moved(gone, ofKind.getOrDefault(kind, List.of())));
        moved.values().removeIf(Totals::isNone);
        return new Held(conflict, since, moment, days, summedAt, moved, standings);
    }

    /// The same with the days of its moment.
    Held summed(Days then) {
        return new Held(conflict, since, at, then, at, totals, standings);
    }

    /// Only what had taken place, and been stated, by that day.
    Held asOf(LocalDate day) {
        var by = new HashMap<>(totals);
        by.replaceAll((_, of) -> of.upTo(day));
        by.values().removeIf(Totals::isNone);
        return new Held(conflict, since, at, days.upTo(day), summedAt, by, Map.of());
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

    /// How all totals stand.
    Stream<Finding> findings() {
        return totals.keySet().stream().flatMap(kind -> findings(kind).values().stream());
    }

    /// How one stands, if it is a total.
    @Nullable Finding finding(String claim) {
        return totals.entrySet().stream()
                .filter(it -> it.getValue().has(claim))
                .findFirst()
                .map(it -> findings(it.getKey()).get(claim))
                .orElse(null);
    }

    private Map<String, Finding> findings(Kind kind) {
        return Objects.requireNonNull(
                        standings.compute(
                                kind,
                                (_, known) ->
                                        Objects.requireNonNull(totals.get(kind))
                                                .standing(days, known)))
                .findings();
    }

    /// Leaves out of memory what can be found again.
    void forget() {
        standings.clear();
        days.forget();
    }
}
