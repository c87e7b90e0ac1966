package parley.ledger.reconciliation;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.ledger.reconciliation.Explanation.Kind;

/// Says what would explain a gap, the likeliest first.
///
/// What assumes least comes first: an explanation is worth the less, the more others of its kind
/// there were to try. A digit of four that is mistyped is one of some forty assumptions; three
/// entries of a hundred that were left out are one of 161,700, and one such will often fit by
/// chance.
final class Explainer {
    static final int EXPLANATIONS_MAX = 5;

    /// Days around the ends of a scope whose entries may have been counted with it.
    static final int DAYS_AROUND = 7;

    /// Of more entries of the kind that is counted, the newest are searched; likewise of those one
    /// step outside.
    static final int LINES_MAX = 2_000;

    /// An explanation that names more does not explain.
    static final int ENTRIES_MAX = 50;

    static final int OF_ONE_KIND_MAX = 2;

    private Explainer() {}

    /// What might explain it.
    ///
    /// @param alternatives among how many such it was found
    record Candidate(Explanation explanation, double alternatives) {}

    /// A total whose gap is to be explained.
    ///
    /// @param windows where it may have opened
    /// @param asOf the day by which all of it had taken place, or null: whenever
    /// @param state of the ledger around them: while all of it stands, so does the answer
    record Question(Claimed claimed, List<Window> windows, @Nullable LocalDate asOf, long state) {
        Question {
            windows = List.copyOf(windows);
        }

        static Question of(Finding finding, Days days, @Nullable LocalDate asOf) {
            Claimed claimed = finding.claimed();
            return new Question(
                    claimed,
                    Window.of(finding),
                    asOf,
                    days.stateBy(last(claimed).plusDays(DAYS_AROUND)));
        }

        private static LocalDate last(Claimed claimed) {
            LocalDate stated = claimed.statedOn().last();
            return stated.isAfter(claimed.until()) ? stated : claimed.until();
        }

        /// The last day that the search looks at, but for those around it.
        LocalDate last() {
            return last(claimed);
        }
    }

    /// Whether there is anything to explain: a rounded number is not to be met to the last digit.
    static boolean isOpen(Finding finding) {
        return finding.claimed().isExact() && finding.verdict() != Verdict.AGREES;
    }

    /// @param excerpt what there is in and around those windows
    static List<Explanation> explain(Question question, Days days, Excerpt excerpt) {
        var candidates = new ArrayList<Candidate>();
        for (Window window : question.windows) {
            if (window.gap() != 0) {
                var asked = new Asked(question.claimed, window, excerpt);
                candidates.addAll(new ByNumber(asked, days).candidates());
                candidates.addAll(new ByEntry(asked).candidates());
            }
        }
        return best(candidates);
    }

    private static List<Explanation> best(List<Candidate> candidates) {
        candidates.sort(
                Comparator.comparing(Candidate::alternatives)
                        .thenComparing(it -> it.explanation().kind()));
        var seen = new HashSet<List<Object>>();
        var ofKind = new EnumMap<Kind, Integer>(Kind.class);
        return candidates.stream()
                .map(Candidate::explanation)
                .filter(it -> it.entries().size() <= ENTRIES_MAX)
                .filter(it -> seen.add(List.of(it.kind(), it.entries(), it.sum())))
                .filter(it -> ofKind.merge(it.kind(), 1, Integer::sum) <= OF_ONE_KIND_MAX)
                .limit(EXPLANATIONS_MAX)
                .toList();
    }

    /// One window of a question, and the lines to search it by.
    record Asked(Claimed claimed, Window window, Excerpt excerpt) {

        /// Oldest first.
        List<Line> lines() {
            return excerpt.lines();
        }

        /// Whether they are all there are in the window.
        boolean isWhole() {
            return excerpt.isWhole(window);
        }

        Scope scope() {
            return claimed.scope();
        }

        long count() {
            Integer count = claimed.count();
            return count == null ? 0 : count;
        }

        /// Those that the total is, or would be, the sum of, as far as they are there.
        List<Line> within() {
            return lines().stream()
                    .filter(it -> window.includes(it.day()))
                    .filter(it -> scope().kind().includes(it.what()))
                    .toList();
        }

        /// How a sentence begins that counts on from another total.
        String countedOn() {
            Claimed base = window.base();
            return base == null
                    ? ""
                    : "Counted on from the %d of %s (%s): "
                            .formatted(base.count(), base.until(), base.claim());
        }
    }
}
