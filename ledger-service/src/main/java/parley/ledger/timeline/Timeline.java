package parley.ledger.timeline;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parley.contract.Conflict;
import parley.contract.Party;
import parley.ledger.totals.Tally;
import parley.ledger.totals.Totals;
import parley.ledger.totals.Totals.Days;
import parley.ledger.totals.TotalsView;
import parley.ledger.views.Moment;
import parley.ledger.views.Page;

/// The totals bucket by bucket, from the first with a transfer to the last with one.
@ApplicationScoped
class Timeline {
    private final Totals totals;

    Timeline(Totals totals) {
        this.totals = totals;
    }

    /// The first days of a page's buckets, oldest first: one more than it wants, if there are.
    List<LocalDate> page(String conflict, Unit unit, Moment moment, Page page) {
        LocalDate start = start(unit, page);
        Optional<Days> span = totals.span(conflict, moment);
        var firsts = new ArrayList<LocalDate>();
        if (span.isPresent()) {
            LocalDate last = Objects.requireNonNull(span.get().last());
            LocalDate first = unit.first(Objects.requireNonNull(span.get().first()));
            if (start != null && start.isAfter(first)) {
                first = start;
            }
            while (!first.isAfter(last) && firsts.size() <= page.limit()) {
                firsts.add(first);
                first = unit.next(first);
            }
        }
        return firsts;
    }

    /// The bucket behind that of the cursor, or null: the first page.
    private static @Nullable LocalDate start(Unit unit, Page page) {
        List<String> after = page.after(1);
        if (after == null) {
            return null;
        }
        try {
            LocalDate before = LocalDate.parse(after.getFirst());
            if (unit.first(before).equals(before)) {
                return unit.next(before);
            }
        } catch (DateTimeException notOurs) {
            // Said below, as for the first day of another unit.
        }
        throw Page.notOurs();
    }

    /// The buckets that start on those days, which follow each other.
    ///
    /// @param isCumulative whether each holds all up to its end
    List<Bucket> buckets(
            String conflict,
            Conflict definition,
            Unit unit,
            List<LocalDate> firsts,
            boolean isCumulative,
            Moment moment) {
        if (firsts.isEmpty()) {
            return List.of();
        }
        List<Party> parties = TotalsView.order(definition);
        LocalDate start = firsts.getFirst();
        Map<LocalDate, Tally> tallies =
                totals.tallies(
                        conflict,
                        unit.word(),
                        new Days(start, unit.last(firsts.getLast())),
                        moment);
        Tally before =
                isCumulative
                        ? totals.tally(conflict, new Days(null, start.minusDays(1)), moment)
                        : Tally.NOTHING;
        var buckets = new ArrayList<Bucket>();
        for (LocalDate first : firsts) {
            Tally tally = tallies.getOrDefault(first, Tally.NOTHING);
            if (isCumulative) {
                before = before.plus(tally);
                tally = before;
            }
            buckets.add(new Bucket(first, unit.last(first), tally.of(parties)));
        }
        return buckets;
    }
}
