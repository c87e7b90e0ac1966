package parley.ledger.reconciliation;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import parley.ledger.fold.Figure;
import parley.ledger.reconciliation.Days.Running;
import parley.ledger.reconciliation.Finding.Base;
import parley.ledger.reconciliation.Scope.Kind;

/// Successive totals of one scope, whoever claims them: what each adds to the one before is held
/// against what the ledger adds, so that a gap has two dates between which it opened.
///
/// Two scopes start alike where the ledger has no entry between their starts.
final class Series {
    /// One of so many.
    private static final int HARDLY_ANYBODY = 100;

    private final int start;
    private final Running running;
    private final Exact exact; // of all starts

    private Series(int start, Running running, Exact exact) {
        this.start = start;
        this.running = running;
        this.exact = exact;
    }

    private record Key(Kind kind, int start) {}

    /// The exact totals of a kind.
    ///
    /// @param largest of those that start alike and are as far above the ledger, the largest
    private record Exact(List<Claimed> totals, Map<Level, Integer> largest) {
        Exact() {
            this(new ArrayList<>(), new HashMap<>());
        }

        void add(Claimed total, int start, Running running) {
            int count = (int) stated(total.count());
            totals.add(total);
            largest.merge(Level.of(total, start, running), count, Math::max);
        }

        /// Whether a larger total is as far above the ledger: so it is a later one, and who says it
        /// counts on from this.
        boolean hasLarger(Claimed total, int start, Running running) {
            return largest.getOrDefault(Level.of(total, start, running), 0) > stated(total.count());
        }
    }

    /// How far a total is above what the ledger has had since ever.
    private record Level(int start, long above) {
        static Level of(Claimed total, int start, Running running) {
            return new Level(
                    start,
                    stated(total.count())
                            - running.best(Math.max(start, running.upTo(total.until()))));
        }
    }

    /// All of them, by claim.
    static Map<String, Finding> of(Collection<Claimed> totals, Days days) {
        var series = new HashMap<Key, List<Claimed>>();
        var exact = new HashMap<Kind, Exact>();
        for (Claimed total : totals) {
            Kind kind = total.scope().kind();
            Running running = days.running(kind);
            int start = running.start(total.scope().since());
            series.computeIfAbsent(new Key(kind, start), _ -> new ArrayList<>()).add(total);
            if (total.isExact()) {
                exact.computeIfAbsent(kind, _ -> new Exact()).add(total, start, running);
            }
        }
        var findings = new HashMap<String, Finding>();
        series.forEach(
                (key, of) -> {
                    var ofKind = exact.getOrDefault(key.kind, new Exact());
                    new Series(key.start, days.running(key.kind), ofKind)
                            .findings(of)
                            .forEach(it -> findings.put(it.claimed().claim(), it));
                });
        return findings;
    }

    private List<Finding> findings(List<Claimed> totals) {
        var byDay = new TreeMap<LocalDate, List<Claimed>>();
        totals.forEach(it -> byDay.computeIfAbsent(it.until(), _ -> new ArrayList<>()).add(it));
        var findings = new ArrayList<Finding>();
        var openers = new Openers();
        Finding since = null;
        Finding base = null;
        for (var day : byDay.entrySet()) {
            var found = new ArrayList<Finding>();
            for (Claimed total : day.getValue()) {
                found.add(finding(total, since, base));
            }
            found.sort(STRAIGHTEST_FIRST);
            found.replaceAll(openers::opened);
            findings.addAll(found);
            since = first(found, it -> it.claimed().count() != null, since);
            base = first(found, it -> it.claimed().isExact(), base);
        }
        return findings;
    }

    /// Of several of one day, the one that fits the earlier ones best stands for them.
    private static final Comparator<Finding> STRAIGHTEST_FIRST =
            Comparator.comparing((Finding it) -> !it.claimed().isExact())
                    .thenComparing(it -> Math.abs(it.jump()))
                    .thenComparing(it -> it.claimed().statedOn().last())
                    .thenComparing(it -> it.claimed().claim());

    private static @Nullable Finding first(
            List<Finding> found, Predicate<Finding> wanted, @Nullable Finding before) {
        return found.stream().filter(wanted).findFirst().orElse(before);
    }

    private Finding finding(Claimed total, @Nullable Finding since, @Nullable Finding before) {
        int end = end(total);
        Figure ledger = running.sum(end).minus(running.sum(start));
        Integer count = total.count();
        Long gap = count == null ? null : count - ledger.best();
        Base base = before == null ? almostAlike(total, end) : new Base(before.claimed(), true);
        return new Finding(
                total,
                ledger,
                gap,
                Verdict.of(total.quantity(), ledger),
                since,
                base,
                gap == null || base == null ? stated(gap) : jump(count, end, base.claimed()),
                null,
                total.isExact() && isCountedOn(total, base));
    }

    private boolean isCountedOn(Claimed total, @Nullable Base base) {
        return exact.hasLarger(total, start, running)
                || (base != null
                        && exact.hasLarger(
                                total, running.start(base.claimed().scope().since()), running));
    }

    private static long stated(@Nullable Number number) {
        return number == null ? 0 : number.longValue();
    }

    private int end(Claimed total) {
        return Math.max(start, running.upTo(total.until()));
    }

    /// What is claimed to have come since an earlier total, less what the ledger has of it.
    private long jump(@Nullable Integer count, int end, Claimed base) {
        return stated(count) - stated(base.count()) - (running.best(end) - running.best(end(base)));
    }

    /// Where no earlier total starts alike, the last one that starts so near that hardly anybody
    /// lies between: who says since when often means no more than the beginning.
    private @Nullable Base almostAlike(Claimed total, int end) {
        if (!total.isExact()) {
            return null;
        }
        return exact.totals.stream()
                .filter(it -> it.until().isBefore(total.until()))
                .filter(it -> running.upTo(it.until()) > start && startsNear(it))
                .min(
                        Comparator.comparing(Claimed::until)
                                .reversed()
                                .thenComparing(it -> Math.abs(jump(total.count(), end, it)))
                                .thenComparing(Claimed::claim))
                .map(it -> new Base(it, false))
                .orElse(null);
    }

    private boolean startsNear(Claimed other) {
        long between = running.best(running.start(other.scope().since())) - running.best(start);
        return between != 0 && Math.abs(between) * HARDLY_ANYBODY <= stated(other.count());
    }

    /// A gap that is somebody's last word already is that of whom he has it from; one that nobody
    /// stands by any more is closed, and opens anew.
    private static final class Openers {
        private final Map<String, Long> lastWords = new HashMap<>(); // gaps, by claimant
        private final Map<Long, Finding> openers = new HashMap<>(); // by gap

        Finding opened(Finding finding) {
            Long gap = finding.gap();
            if (gap == null || !finding.claimed().isExact()) {
                return finding;
            }
            Long before = lastWords.put(finding.claimed().claimant().name(), gap);
            if (before != null && !lastWords.containsValue(before)) {
                openers.remove(before);
            }
            return gap == 0
                    ? finding
                    : finding.openedBy(
                            Objects.requireNonNull(openers.computeIfAbsent(gap, _ -> finding)));
        }
    }
}
