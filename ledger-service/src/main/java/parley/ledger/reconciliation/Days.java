package parley.ledger.reconciliation;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import parley.ledger.fold.Figure;
import parley.ledger.reconciliation.Scope.Kind;
import parley.ledger.reconciliation.Scope.What;

/// The ledger of a conflict, summed day by day: from it the sum for any scope is two look-ups.
/// It never changes: what comes later gives another, which shares the days that it leaves alone.
final class Days {
    private final NavigableMap<LocalDate, Day> days;
    private final NavigableMap<LocalDate, Long> states = new TreeMap<>();
    private final Map<Kind, Running> running = new ConcurrentHashMap<>();

    /// What one day brought of one kind, or by how much that changed.
    ///
    /// @param state a digest of the lines behind it; digests add up, modulo 2^64
    record Sum(LocalDate day, What what, Figure figure, long state) {
        private Sum plus(Sum other) {
            return new Sum(day, what, figure.plus(other.figure), state + other.state);
        }

        /// Lines of nothing have a digest, too.
        private boolean isOfNoLine() {
            return state == 0 && figure.equals(Figure.NONE);
        }
    }

    /// @param said a digest of what is claimed of its lines
    private record Day(Map<What, Sum> sums, long said) {
        static final Day NOTHING = new Day(Map.of(), 0);

        long state() {
            return sums.values().stream().mapToLong(Sum::state).sum() + said;
        }

        Day plus(Sum more) {
            var changed = new HashMap<>(sums);
            changed.merge(more.what, more, Sum::plus);
            changed.values().removeIf(Sum::isOfNoLine);
            return new Day(changed, said);
        }

        Day plus(long more) {
            return new Day(sums, said + more);
        }

        boolean isNothing() {
            return sums.isEmpty() && said == 0;
        }
    }

    private Days(NavigableMap<LocalDate, Day> days) {
        this.days = days;
        long total = 0;
        for (var day : days.entrySet()) {
            total += day.getValue().state();
            states.put(day.getKey(), total);
        }
    }

    /// Of a ledger without a line.
    static Days none() {
        return new Days(new TreeMap<>());
    }

    /// The same after those changes.
    ///
    /// @param said by how much the digests changed of what is claimed of the lines of a day
    Days plus(Collection<Sum> sums, Map<LocalDate, Long> said) {
        var changed = new TreeMap<>(days);
        sums.forEach(it -> changed.put(it.day, changed.getOrDefault(it.day, Day.NOTHING).plus(it)));
        said.forEach(
                (day, more) -> changed.put(day, changed.getOrDefault(day, Day.NOTHING).plus(more)));
        changed.values().removeIf(Day::isNothing);
        return new Days(changed);
    }

    /// Only what had taken place by that day.
    Days upTo(LocalDate day) {
        return new Days(new TreeMap<>(days.headMap(day, true)));
    }

    /// A digest of all that took place by that day: while it stands, nothing of those days has
    /// changed.
    long stateBy(LocalDate day) {
        var entry = states.floorEntry(day);
        return entry == null ? 0 : entry.getValue();
    }

    /// The sums of a kind, day after day.
    Running running(Kind kind) {
        return running.computeIfAbsent(kind, this::summed);
    }

    /// Leaves out of memory what can be summed again.
    void forget() {
        running.clear();
    }

    private Running summed(Kind kind) {
        var of = new ArrayList<LocalDate>();
        var sums = new ArrayList<Figure>();
        Figure total = Figure.NONE;
        for (var day : days.entrySet()) {
            boolean isOfThatDay = false;
            for (Sum sum : day.getValue().sums.values()) {
                if (kind.includes(sum.what)) {
                    total = total.plus(sum.figure);
                    isOfThatDay = true;
                }
            }
            if (isOfThatDay) {
                of.add(day.getKey());
                sums.add(total);
            }
        }
        return new Running(of, sums);
    }

    /// What a kind had amounted to by the end of each day that has an entry of it.
    static final class Running {
        private final List<LocalDate> days;
        private final List<Figure> sums;
        private final long[] bests; // of the first so many of the days

        private Running(List<LocalDate> days, List<Figure> sums) {
            this.days = days;
            this.sums = sums;
            bests = new long[sums.size() + 1];
            Arrays.setAll(bests, it -> sum(it).best());
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

        /// Of that sum, the number itself.
        long best(int first) {
            return bests[first];
        }

        /// What is counted from that day on is what comes after so many of the days.
        int start(@Nullable LocalDate since) {
            return since == null ? 0 : before(since);
        }
    }
}
