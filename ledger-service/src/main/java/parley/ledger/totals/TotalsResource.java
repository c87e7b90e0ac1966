package parley.ledger.totals;

import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import parley.contract.Category;
import parley.contract.Conflict;
import parley.contract.Party;
import parley.ledger.conflicts.Conflicts;
import parley.ledger.fold.Figure;
import parley.ledger.totals.Totals.Activity;
import parley.ledger.totals.Totals.Sum;
import parley.ledger.totals.TotalsView.CategoryTotals;
import parley.ledger.totals.TotalsView.PartyTotals;
import parley.ledger.views.Answering;
import parley.ledger.views.Moment;
import parley.ledger.views.ReadException;

/// What each party received and handed over.
@Path("/v1")
@Tag(name = "Totals")
@Transactional
public class TotalsResource {
    private final Conflicts conflicts;
    private final Totals totals;
    private final Answering answering;

    TotalsResource(Conflicts conflicts, Totals totals, Answering answering) {
        this.conflicts = conflicts;
        this.totals = totals;
        this.answering = answering;
    }

    @GET
    @Path("conflicts/{conflict}/totals")
    @Operation(summary = "The totals of every party, sides first")
    public TotalsView all(String conflict, @BeanParam Moment moment) {
        return view(conflict, moment, inOrder(conflicts.one(conflict, moment).conflict()));
    }

    @GET
    @Path("conflicts/{conflict}/totals/{party}")
    @Operation(summary = "The totals of one party")
    public TotalsView one(String conflict, String party, @BeanParam Moment moment) {
        Conflict definition = conflicts.one(conflict, moment).conflict();
        Party wanted =
                definition
                        .party(party)
                        .orElseThrow(
                                () ->
                                        ReadException.notFound(
                                                "`%s` is not a party of `%s`; its parties are %s."
                                                        .formatted(
                                                                party,
                                                                conflict,
                                                                codes(definition))));
        return view(conflict, moment, List.of(wanted));
    }

    private TotalsView view(String conflict, Moment moment, List<Party> parties) {
        Map<String, List<Sum>> sums =
                totals.sums(conflict, moment).stream().collect(Collectors.groupingBy(Sum::party));
        Map<String, Activity> activity =
                totals.activity(conflict, moment).stream()
                        .collect(Collectors.toMap(Activity::party, Function.identity()));
        Answering.Basis basis = answering.about(conflict, moment);
        return new TotalsView(
                conflict,
                moment.asOf(),
                basis.knownAt(),
                basis.position(),
                parties.stream()
                        .map(
                                party ->
                                        view(
                                                party,
                                                activity.get(party.party()),
                                                sums.getOrDefault(party.party(), List.of())))
                        .toList());
    }

    private static PartyTotals view(Party party, @Nullable Activity activity, List<Sum> sums) {
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

    private static java.util.function.Predicate<Sum> of(Category category) {
        return sum -> sum.category() == category;
    }

    private static Figure figure(List<Sum> sums, Category category, boolean received) {
        return sums.stream()
                .filter(of(category))
                .filter(sum -> sum.received() == received)
                .map(Sum::figure)
                .reduce(Figure.NONE, Figure::plus);
    }

    private static List<Party> inOrder(Conflict conflict) {
        return conflict.parties().stream().sorted(Comparator.comparing(Party::role)).toList();
    }

    private static String codes(Conflict conflict) {
        return inOrder(conflict).stream().map(Party::party).collect(Collectors.joining(", "));
    }
}
