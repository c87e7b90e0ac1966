package parley.ledger.reconciliation;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import parley.contract.Category;
import parley.contract.Claimant;
import parley.contract.CountStatus;
import parley.contract.EdtfDate;
import parley.contract.Qualifier;
import parley.contract.Quantity;
import parley.ledger.fold.Figure;
import parley.ledger.reconciliation.Scope.What;

/// A few handovers, and what is said of their sum.
final class SmallLedger {
    static final What PRISONERS = new What("RU", "UA", Category.PRISONER_OF_WAR, null);

    private final List<Line> lines = new ArrayList<>();
    private final List<Claimed> totals = new ArrayList<>();

    static Line line(String day, What what, int count, Map<String, Integer> readings) {
        int low = readings.values().stream().mapToInt(it -> it).min().orElse(count);
        int high = readings.values().stream().mapToInt(it -> it).max().orElse(count);
        return new Line(
                day + " " + what.from() + " " + what.category() + " " + count,
                "exchange-" + day,
                LocalDate.parse(day),
                what,
                new Figure(count, Math.min(low, count), Math.max(high, count), 0, 0),
                readings);
    }

    static Quantity exactly(int count) {
        return new Quantity(count, CountStatus.STATED, Qualifier.EXACT, null, null);
    }

    static Claimed total(
            String claim,
            String claimant,
            @Nullable LocalDate since,
            LocalDate until,
            Quantity count) {
        return new Claimed(
                claim,
                new Claimant(claimant, null, null),
                EdtfDate.parse(until.toString()),
                new Scope("RU", "UA", List.of(Category.PRISONER_OF_WAR), since, until, null),
                count);
    }

    SmallLedger with(String day, int count) {
        return with(line(day, PRISONERS, count, Map.of()));
    }

    SmallLedger with(Line line) {
        lines.add(line);
        return this;
    }

    SmallLedger saying(String claim, String claimant, String day, int count) {
        return saying(claim, claimant, day, exactly(count));
    }

    SmallLedger saying(String claim, String claimant, String day, Quantity count) {
        totals.add(total(claim, claimant, null, LocalDate.parse(day), count));
        return this;
    }

    SmallLedger saying(Claimed total) {
        totals.add(total);
        return this;
    }

    private RealData data() {
        return new RealData(lines, totals);
    }

    Finding finding(String claim) {
        return Objects.requireNonNull(data().findings().get(claim));
    }

    @Nullable String opener(String claim) {
        Finding opener = finding(claim).opener();
        return opener == null ? null : opener.claimed().claim();
    }

    List<Explanation> explanations(String claim) {
        return data().explanations(claim);
    }

    /// Where only the lines from that day on were read whole.
    List<Explanation> explanations(String claim, LocalDate wholeSince) {
        return data().explanations(claim, new Excerpt(lines, wholeSince));
    }

    /// Of each the kind, the sum and the exchanges.
    List<String> told(String claim) {
        return explanations(claim).stream()
                .map(it -> it.kind().wire() + " " + it.sum() + " " + it.exchanges())
                .toList();
    }
}
