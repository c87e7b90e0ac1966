package parley.ledger.reconciliation;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import parley.ledger.conflicts.Conflicts;
import parley.ledger.reconciliation.Explainer.Question;
import parley.ledger.views.Moment;
import parley.ledger.views.Page;

/// The standing totals of a conflict against the ledger, newest first.
@ApplicationScoped
public class Reconciliation {
    private static final Comparator<Finding> NEWEST_FIRST =
            Comparator.comparing(Reconciliation::statedOn)
                    .reversed()
                    .thenComparing(it -> it.claimed().claim());

    private final Conflicts conflicts;
    private final Ledger ledger;
    private final Explained explained;

    Reconciliation(Conflicts conflicts, Ledger ledger, Explained explained) {
        this.conflicts = conflicts;
        this.ledger = ledger;
        this.explained = explained;
    }

    /// A page of them: one more than it wants, if there are.
    List<ReconciliationView> page(
            String conflict, ReconciliationFilter filter, Moment moment, Page page) {
        filter.check();
        List<String> after = page.after(2);
        LocalDate day =
                after == null
                        ? null
                        : Objects.requireNonNull(Moment.day("cursor", after.getFirst()));
        var known = new Known(conflict, moment);
        return known.findings()
                .filter(filter::wants)
                .sorted(NEWEST_FIRST)
                .filter(it -> after == null || day == null || isBehind(it, day, after.get(1)))
                .limit(page.limit() + 1L)
                .map(known::view)
                .toList();
    }

    /// What names an item's place in such a page.
    static List<String> key(ReconciliationView item) {
        return List.of(item.statedOn().last().toString(), item.claim());
    }

    private static boolean isBehind(Finding finding, LocalDate day, String claim) {
        int order = day.compareTo(statedOn(finding));
        return order > 0 || (order == 0 && claim.compareTo(finding.claimed().claim()) < 0);
    }

    private static LocalDate statedOn(Finding finding) {
        return finding.claimed().statedOn().last();
    }

    /// How one claim stands, if it is a total that stands.
    public Optional<ReconciliationView> of(String conflict, String claim, Moment moment) {
        var known = new Known(conflict, moment);
        return known.findings()
                .filter(it -> it.claimed().claim().equals(claim))
                .map(known::view)
                .findFirst();
    }

    /// What is known of a conflict at a moment.
    private final class Known {
        private final String conflict;
        private final Moment moment;
        private final List<Claimed> totals;
        private final Days days;

        Known(String conflict, Moment moment) {
            this.conflict = conflict;
            this.moment = moment;
            var definition = conflicts.one(conflict, moment).conflict();
            totals = ledger.totals(conflict, definition.since(), moment);
            days = ledger.days(conflict, moment);
        }

        Stream<Finding> findings() {
            return Series.of(totals, days).values().stream();
        }

        ReconciliationView view(Finding finding) {
            return ReconciliationView.of(
                    finding,
                    Explainer.isOpen(finding)
                            ? explained.get(
                                    conflict, Question.of(finding, days), this::explanations)
                            : List.of());
        }

        private List<Explanation> explanations(Question question) {
            return Explainer.explain(
                    question,
                    days,
                    ledger.lines(
                            conflict,
                            question.last().plusDays(Explainer.DAYS_AROUND),
                            2 * Explainer.LINES_MAX,
                            moment));
        }
    }
}
