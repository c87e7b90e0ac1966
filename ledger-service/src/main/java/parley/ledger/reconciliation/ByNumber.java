package parley.ledger.reconciliation;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.ledger.reconciliation.Days.Running;
import parley.ledger.reconciliation.Explainer.Asked;
import parley.ledger.reconciliation.Explainer.Candidate;
import parley.ledger.reconciliation.Explanation.Kind;

/// Explanations by the number itself: mistyped, or the sum of something else.
final class ByNumber {
    private static final int DIGITS = 10;

    /// So many times likelier than any one entry to be miscounted is a slip of the hand.
    private static final int TYPING_IS_LIKELIER = 3;

    private final Asked asked;
    private final Window window;
    private final Days days;
    private final Running running;
    private final int start;
    private final int end;
    private final List<Candidate> candidates = new ArrayList<>();

    ByNumber(Asked asked, Days days) {
        this.asked = asked;
        this.days = days;
        window = asked.window();
        running = days.running(asked.scope().kind());
        start = running.start(window.first());
        end = Math.max(start, running.upTo(window.until()));
    }

    List<Candidate> candidates() {
        if (window.mayBeMistyped()) {
            mistyped();
        }
        stale();
        directions();
        if (window.base() == null) {
            laterEnd();
            otherStart();
        }
        return candidates;
    }

    private void mistyped() {
        String said = Long.toString(asked.count());
        long meant = asked.count() - window.gap();
        String right = Long.toString(meant);
        int digits = said.length();
        if (meant <= 0 || digits < 2 || right.length() != digits) {
            return;
        }
        List<Integer> differing = new ArrayList<>();
        for (int place = 0; place < digits; place++) {
            if (said.charAt(place) != right.charAt(place)) {
                differing.add(place);
            }
        }
        boolean isSwapped =
                differing.size() == 2
                        && said.charAt(differing.get(0)) == right.charAt(differing.get(1))
                        && said.charAt(differing.get(1)) == right.charAt(differing.get(0));
        if (isSwapped || differing.size() == 1) {
            add(
                    Kind.TYPING_ERROR,
                    "%d agrees with the ledger, and is %d with %s."
                            .formatted(
                                    meant,
                                    asked.count(),
                                    isSwapped ? "two digits swapped" : "one digit otherwise"),
                    meant,
                    null,
                    null,
                    ((DIGITS - 1) * digits + digits * (digits - 1) / 2.0) / TYPING_IS_LIKELIER);
        }
    }

    /// The sum up to an earlier day, the latest such.
    private void stale() {
        Claimed base = window.base();
        for (int last = end - 1; last >= start; last--) {
            LocalDate until =
                    last > start
                            ? running.days().get(last - 1)
                            : base == null ? null : base.until();
            if (until != null && sum(start, last) == rest()) {
                add(
                        Kind.STALE,
                        "%d is the sum up to %s: what came after is not in it."
                                .formatted(total(rest()), until),
                        total(rest()),
                        asked.scope().since(),
                        until,
                        end - last);
                return;
            }
        }
    }

    /// What the claim gives those days.
    private long rest() {
        return sum(start, end) + window.gap();
    }

    private long total(long ofThoseDays) {
        return window.counted() + ofThoseDays;
    }

    private void directions() {
        String from = asked.scope().from();
        if (from == null) {
            return;
        }
        Running other = days.running(asked.scope().kind().reversed());
        int begin = other.start(window.first());
        long back =
                other.sum(Math.max(begin, other.upTo(window.until()))).best()
                        - other.sum(begin).best();
        if (back > 0 && back == window.gap()) {
            add(
                    Kind.BOTH_DIRECTIONS,
                    "%d went the other way in that time: both directions added up give %d."
                            .formatted(back, total(rest())),
                    total(rest()),
                    null,
                    null,
                    1);
        }
        if (back > 0 && back == rest()) {
            add(
                    Kind.BOTH_DIRECTIONS,
                    "%d is what went the other way in that time, taken for this one."
                            .formatted(back),
                    total(rest()),
                    null,
                    null,
                    2);
        }
    }

    /// The sum up to a later day, which the claimant may have known already.
    private void laterEnd() {
        int latest = running.upTo(asked.claimed().statedOn().last());
        for (int last = end + 1; last <= latest; last++) {
            if (sum(start, last) == asked.count()) {
                period(asked.scope().since(), running.days().get(last - 1), last - end);
                return;
            }
        }
    }

    /// The sum since another day: up to the same one; or, where it is a month's first, up to an
    /// earlier one, or but for one entry.
    private void otherStart() {
        if (asked.count() == 0) {
            return;
        }
        List<Integer> months = months();
        List<Line> upToEnd =
                asked.lines().stream()
                        .filter(it -> asked.scope().kind().includes(it.what()))
                        .filter(it -> !it.day().isAfter(window.until()))
                        .toList();
        var newest = new HashMap<Integer, Line>();
        upToEnd.forEach(it -> newest.put(it.best(), it));
        for (int first = 0; first < end; first++) {
            if (first != start && sum(first, end) == asked.count()) {
                period(since(first), window.until(), Math.max(end, 1));
            }
        }
        for (int first : months) {
            for (int last = first + 1; first != start && last < end; last++) {
                if (sum(first, last) == asked.count()) {
                    period(
                            since(first),
                            running.days().get(last - 1),
                            (double) months.size() * end);
                }
            }
            if (first != start) {
                butForOne(first, months.size(), upToEnd, newest);
            }
        }
    }

    /// @param upToEnd what is counted, since ever, oldest first
    /// @param newest of it, by size
    private void butForOne(int first, int months, List<Line> upToEnd, Map<Integer, Line> newest) {
        long over = sum(first, end) - asked.count();
        LocalDate day = running.days().get(first);
        Line line = over > 0 && over <= Integer.MAX_VALUE ? newest.get((int) over) : null;
        if (line == null || line.day().isBefore(day)) {
            return;
        }
        long within = upToEnd.stream().filter(it -> !it.day().isBefore(day)).count();
        candidates.add(
                new Candidate(
                        Explanation.of(
                                Kind.OTHER_PERIOD,
                                "%d is the sum from %s to %s without %s."
                                        .formatted(
                                                asked.count(),
                                                since(first),
                                                window.until(),
                                                line.named()),
                                List.of(line),
                                asked.count(),
                                since(first),
                                window.until()),
                        (double) months * within));
    }

    private void period(@Nullable LocalDate since, LocalDate until, double alternatives) {
        String sentence =
                since == null
                        ? "%d is the sum up to %s.".formatted(asked.count(), until)
                        : "%d is the sum from %s to %s.".formatted(asked.count(), since, until);
        add(Kind.OTHER_PERIOD, sentence, asked.count(), since, until, alternatives);
    }

    /// The places of the days that are the first of their month to have an entry.
    private List<Integer> months() {
        var months = new ArrayList<Integer>();
        for (int place = 0; place < end; place++) {
            if (running.before(running.days().get(place).withDayOfMonth(1)) == place) {
                months.add(place);
            }
        }
        return months;
    }

    /// The first of the month, where nothing took place between it and that day.
    private LocalDate since(int place) {
        LocalDate day = running.days().get(place);
        LocalDate month = day.withDayOfMonth(1);
        return running.before(month) == place ? month : day;
    }

    private long sum(int first, int last) {
        return running.best(last) - running.best(first);
    }

    private void add(
            Kind kind,
            String sentence,
            long sum,
            @Nullable LocalDate since,
            @Nullable LocalDate until,
            double alternatives) {
        candidates.add(
                new Candidate(
                        Explanation.of(
                                kind, asked.countedOn() + sentence, List.of(), sum, since, until),
                        alternatives));
    }
}
