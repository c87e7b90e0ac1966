package parley.ledger.reconciliation;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import parley.ledger.reconciliation.Explainer.Question;
import parley.ledger.reconciliation.Scope.Kind;
import parley.ledger.views.Moment;
import parley.ledger.views.Page;

/// The standing totals of a conflict against the ledger, newest first.
@ApplicationScoped
public class Reconciliation {
    /// Of so many kinds at a time the lines are kept that a page needs, twice.
    private static final int BLOCKS_MAX = 16;

    private final Projection projection;
    private final Ledger ledger;
    private final Explained explained;

    Reconciliation(Projection projection, Ledger ledger, Explained explained) {
        this.projection = projection;
        this.ledger = ledger;
        this.explained = explained;
    }

    /// A page of them: one more than it wants, if there are.
    List<ReconciliationView> page(
            String conflict, ReconciliationFilter filter, Moment moment, Page page) {
        Predicate<Finding> wanted = filter.wanted();
        Place after = Place.after(page);
        var known = new Known(projection.at(conflict, moment), moment);
        return known.held
                .findings()
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
        var known = new Known(projection.at(conflict, moment), moment);
        return Optional.ofNullable(known.held.finding(claim)).map(known::view);
    }

    /// A claim at the moment when the log took it.
    public record Taken(String claim, Instant at) {}

    /// How totals stood as soon as they were claimed: those that did not agree with the ledger.
    ///
    /// @param taken by that moment
    public Map<Taken, Gap> gaps(String conflict, @Nullable LocalDate asOf, List<Taken> taken) {
        var gaps = new HashMap<Taken, Gap>();
        Held before = null;
        for (Taken one : taken) {
            Moment moment = Moment.of(null, one.at.toString());
            before = projection.at(conflict, moment, before);
            Held held = asOf == null ? before : before.asOf(asOf);
            Finding finding = held.finding(one.claim);
            if (finding != null && finding.verdict() != Verdict.AGREES) {
                gaps.put(one, Gap.of(finding));
            }
        }
        return gaps;
    }

    /// The lines of a kind, or those one step outside of it.
    private record Part(Kind kind, boolean isOfKind) {}

    /// What is known of a conflict at a moment.
    private final class Known {
        private final Held held;
        private final Moment moment;
        private final Map<Part, Block> blocks =
                new LinkedHashMap<>(16, 0.75f, true) {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected boolean removeEldestEntry(Map.Entry<Part, Block> eldest) {
                        return size() > BLOCKS_MAX;
                    }
                };

        Known(Held held, Moment moment) {
            this.held = held;
            this.moment = moment;
        }

        ReconciliationView view(Finding finding) {
            return ReconciliationView.of(
                    finding,
                    Explainer.isOpen(finding)
                            ? explained.get(
                                    held.conflict(),
                                    Question.of(finding, held.days(), moment.asOf()),
                                    this::explanations)
                            : List.of());
        }

        private List<Explanation> explanations(Question question) {
            LocalDate last = question.last().plusDays(Explainer.DAYS_AROUND);
            Kind kind = question.claimed().scope().kind();
            return Explainer.explain(
                    question,
                    held.days(),
                    Excerpt.of(
                            block(new Part(kind, true), last),
                            block(new Part(kind, false), last),
                            last));
        }

        private Block block(Part part, LocalDate last) {
            Block read = blocks.get(part);
            if (read == null || !read.serves(last)) {
                read =
                        part.isOfKind
                                ? ledger.ofKind(held.conflict(), part.kind, last, moment)
                                : ledger.near(held.conflict(), part.kind, last, moment);
                blocks.put(part, read);
            }
            return read;
        }
    }
}
