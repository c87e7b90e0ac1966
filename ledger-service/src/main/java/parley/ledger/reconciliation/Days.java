package parley.ledger.reconciliation;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import parley.ledger.fold.Figure;
import parley.ledger.reconciliation.Scope.Kind;
import parley.ledger.reconciliation.Scope.What;

/// The ledger of a conflict, summed day by day: from it the sum for any scope is two look-ups.
final class Days {
    private final List<Sum> sums;
    private final NavigableMap<LocalDate, Long> states = new TreeMap<>();
    private final Map<Kind, Running> running = new HashMap<>();

    /// What one day brought of one kind.
    ///
    /// @param state a digest of the lines behind it; digests add up, modulo 2^64
    record Sum(LocalDate day, What what, Figure figure, long state) {}

    /// @param said digests of what is claimed of the lines of a day
    Days(List<Sum> sums, Map<LocalDate, Long> said) {
        this.sums = sums.stream().sorted(Comparator.comparing(Sum::day)).toList();
        sums.forEach(it -> states.merge(it.day, it.state, Long::sum));
        said.forEach((day, state) -> states.merge(day, state, Long::sum));
        long total = 0;
        for (var state : states.entrySet()) {
            total += state.getValue();
            state.setValue(total);
        }
    }

    /// Of a ledger without a line.
    static Days none() {
        return new Days(List.of(), Map.of());
    }

    /// A digest of all that took place by that day: while it stands, nothing of those days has
    /// changed.
    long stateBy(LocalDate day) {
        var entry = states.floorEntry(day);
        return entry == null ? 0 : entry.getValue();
    }

    /// The sums of a kind, day after day.
    Running running(Kind kind) {
        return running.computeIfAbsent(kind, it -> Running.of(it, sums));
    }

    /// What a kind had amounted to by the end of each day that has an entry of it.
    static final class Running {
        private final List<LocalDate> days;
        private final List<Figure> sums;

        private Running(List<LocalDate> days, List<Figure> sums) {
            this.days = days;
            this.sums = sums;
        }

        private static Running of(Kind kind, List<Sum> ordered) {
            var days = new ArrayList<LocalDate>();
            var sums = new ArrayList<Figure>();
            Figure total = Figure.NONE;
            for (Sum sum : ordered) {
                if (kind.includes(sum.what)) {
                    total = total.plus(sum.figure);
                    if (days.isEmpty() || !days.getLast().equals(sum.day)) {
                        days.add(sum.day);
                        sums.add(total);
                    } else {
                        sums.set(sums.size() - 1, total);
                    }
                }
            }
            return new Running(days, sums);
        }

        List<LocalDate> days() {
            return days;
        }

        /// How many days have an entry before that day.
        int before(LocalDate day) {
            int found = Collections.binarySearch(days, day);
            return found < 0 ? -found - 1 : found;
        }

        /// How many days have an entry up to that day.
        int upTo(LocalDate day) {
            return before(day.plusDays(1));
        }

        /// The sum of the first so many of the days.
        Figure sum(int first) {
            return first == 0 ? Figure.NONE : sums.get(first - 1);
        }
    }
}
