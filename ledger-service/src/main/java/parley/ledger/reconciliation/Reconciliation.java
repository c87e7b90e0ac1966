package parley.ledger.reconciliation;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.contract.EdtfDate;
import parley.ledger.conflicts.Conflicts;
import parley.ledger.reconciliation.Explainer.Question;
import parley.ledger.views.Moment;
import parley.ledger.views.Page;

/// The standing totals of a conflict against the ledger, newest first.
@ApplicationScoped
public class Reconciliation {
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
        Predicate<Finding> wanted = filter.wanted();
        Place after = Place.after(page);
        Known known = known(conflict, moment);
        return known.findings()
                .filter(wanted)
                .filter(it -> after == null || after.compareTo(Place.of(it)) < 0)
                .sorted(Comparator.comparing(Place::of))
                .limit(page.limit() + 1L)
                .map(known::view)
                .toList();
    }

    /// What names an item's place in such a page.
    static List<String> key(ReconciliationView item) {
        return List.of(item.statedOn().last().toString(), item.claim());
    }

    /// Where a total stands in the list.
    private record Place(LocalDate statedOn, String claim) implements Comparable<Place> {
        private static final Comparator<Place> NEWEST_FIRST =
                Comparator.comparing(Place::statedOn).reversed().thenComparing(Place::claim);

        static Place of(Finding finding) {
            Claimed claimed = finding.claimed();
            return new Place(claimed.statedOn().last(), claimed.claim());
        }

        /// Behind which the page begins, or null: the first page.
        static @Nullable Place after(Page page) {
            List<String> key = page.after(2);
            return key == null
                    ? null
                    : new Place(
                            Objects.requireNonNull(Moment.day("cursor", key.getFirst())),
                            key.getLast());
        }

        @Override
        public int compareTo(Place other) {
            return NEWEST_FIRST.compare(this, other);
        }
    }

    /// How one claim stands, if it is a total that stands.
    public Optional<ReconciliationView> of(String conflict, String claim, Moment moment) {
        Known known = known(conflict, moment);
        return known.findings()
                .filter(it -> it.claimed().claim().equals(claim))
                .map(known::view)
                .findFirst();
    }

    /// Where nobody claims a total, the ledger is not summed.
    private Known known(String conflict, Moment moment) {
        EdtfDate since = conflicts.one(conflict, moment).conflict().since();
        List<Claimed> totals = ledger.totals(conflict, since, moment);
        Days days = totals.isEmpty() ? Days.none() : ledger.days(conflict, moment);
        return new Known(conflict, moment, totals, days);
    }

    /// What is known of a conflict at a moment.
    private final class Known {
        private final String conflict;
        private final Moment moment;
        private final List<Claimed> totals;
        private final Days days;
        private @Nullable Block block;

        Known(String conflict, Moment moment, List<Claimed> totals, Days days) {
            this.conflict = conflict;
            this.moment = moment;
            this.totals = totals;
            this.days = days;
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
            LocalDate last = question.last().plusDays(Explainer.DAYS_AROUND);
            Block held = block;
            if (held == null || !held.serves(last)) {
                held = ledger.block(conflict, last, moment);
                block = held;
            }
            return Explainer.explain(question, days, held.upTo(last));
        }
    }
}
