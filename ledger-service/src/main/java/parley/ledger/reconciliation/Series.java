package parley.ledger.reconciliation;

import java.time.LocalDate;
import java.util.ArrayList;
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
import parley.ledger.reconciliation.Scope.Kind;

/// Successive totals of one scope, whoever claims them: what each adds to the one before is held
/// against what the ledger adds, so that a gap has two dates between which it opened.
///
/// Two scopes start alike where the ledger has no entry between their starts.
final class Series {
    private Series() {}

    private record Key(Kind kind, int start) {}

    /// All of them, by claim.
    static Map<String, Finding> of(List<Claimed> totals, Days days) {
        var series = new HashMap<Key, List<Claimed>>();
        for (Claimed total : totals) {
            Scope scope = total.scope();
            Running running = days.running(scope.kind());
            int start = scope.since() == null ? 0 : running.before(scope.since());
            series.computeIfAbsent(new Key(scope.kind(), start), _ -> new ArrayList<>()).add(total);
        }
        var findings = new HashMap<String, Finding>();
        series.forEach(
                (key, of) ->
                        findings(of, key.start, days.running(key.kind))
                                .forEach(it -> findings.put(it.claimed().claim(), it)));
        return findings;
    }

    private static List<Finding> findings(List<Claimed> totals, int start, Running running) {
        var byDay = new TreeMap<LocalDate, List<Claimed>>();
        totals.forEach(it -> byDay.computeIfAbsent(it.until(), _ -> new ArrayList<>()).add(it));
        var findings = new ArrayList<Finding>();
        var openers = new Openers();
        Finding since = null;
        Finding base = null;
        for (var day : byDay.entrySet()) {
            int end = Math.max(start, running.upTo(day.getKey()));
            Figure ledger = running.sum(end).minus(running.sum(start));
            var found = new ArrayList<Finding>();
            for (Claimed total : day.getValue()) {
                found.add(finding(total, ledger, since, base));
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

    private static Finding finding(
            Claimed total, Figure ledger, @Nullable Finding since, @Nullable Finding base) {
        Integer count = total.count();
        return new Finding(
                total,
                ledger,
                count == null ? null : count - ledger.best(),
                Verdict.of(total.quantity(), ledger),
                since,
                base,
                null);
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
