package parley.ledger.totals;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.contract.Category;
import parley.contract.Party;
import parley.ledger.fold.Figure;
import parley.ledger.totals.TotalsView.CategoryTotals;
import parley.ledger.totals.TotalsView.PartyTotals;

/// What some entries amount to, by party.
public record Tally(Collection<Sum> sums, Collection<Activity> activity) {
    /// No entries.
    public static final Tally NOTHING = new Tally(List.of(), List.of());

    public Tally {
        sums = List.copyOf(sums);
        activity = List.copyOf(activity);
    }

    record Account(String party, boolean received, Category category) {}

    record Sum(Account account, Figure figure) {
        Sum plus(Sum other) {
            return new Sum(account, figure.plus(other.figure));
        }
    }

    /// @param exchanges how many the party took part in
    record Activity(String party, long exchanges, LocalDate lastExchangeOn) {
        Activity plus(Activity other) {
            return new Activity(
                    party,
                    exchanges + other.exchanges,
                    lastExchangeOn.isAfter(other.lastExchangeOn)
                            ? lastExchangeOn
                            : other.lastExchangeOn);
        }
    }

    /// Both together, where no exchange is in both.
    public Tally plus(Tally other) {
        return new Tally(
                added(sums, other.sums, Sum::account, Sum::plus),
                added(activity, other.activity, Activity::party, Activity::plus));
    }

    private static <K, V> Collection<V> added(
            Collection<V> one, Collection<V> other, Function<V, K> key, BinaryOperator<V> plus) {
        return Stream.concat(one.stream(), other.stream())
                .collect(Collectors.toMap(key, Function.identity(), plus))
                .values();
    }

    /// The totals of those parties, in their order.
    public List<PartyTotals> of(List<Party> parties) {
        Map<String, List<Sum>> sumsOf =
                sums.stream().collect(Collectors.groupingBy(sum -> sum.account().party()));
        Map<String, Activity> activityOf =
                activity.stream().collect(Collectors.toMap(Activity::party, Function.identity()));
        return parties.stream()
                .map(
                        party ->
                                totals(
                                        party,
                                        activityOf.get(party.party()),
                                        sumsOf.getOrDefault(party.party(), List.of())))
                .toList();
    }

    private static PartyTotals totals(Party party, @Nullable Activity activity, List<Sum> sums) {
        return new PartyTotals(
                party.party(),
                party.name(),
                party.role(),
                activity == null ? 0 : activity.exchanges(),
                activity == null ? null : activity.lastExchangeOn(),
                Arrays.stream(Category.values())
                        .filter(category -> sums.stream().anyMatch(of(category)))
                        .map(
                                category ->
                                        new CategoryTotals(
                                                category,
                                                figure(sums, category, true),
                                                figure(sums, category, false)))
                        .toList());
    }

    private static Predicate<Sum> of(Category category) {
        return sum -> sum.account().category() == category;
    }

    private static Figure figure(List<Sum> sums, Category category, boolean received) {
        return sums.stream()
                .filter(of(category))
                .filter(sum -> sum.account().received() == received)
                .map(Sum::figure)
                .reduce(Figure.NONE, Figure::plus);
    }
}
