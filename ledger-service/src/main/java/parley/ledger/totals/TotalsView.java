package parley.ledger.totals;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.contract.Category;
import parley.contract.Conflict;
import parley.contract.Party;
import parley.contract.Role;
import parley.ledger.fold.Figure;
import parley.ledger.views.Table;
import parley.ledger.views.View;

/// The totals of a conflict, party by party.
@JsonInclude(JsonInclude.Include.ALWAYS)
public record TotalsView(
        String conflict,
        @Nullable LocalDate asOf,
        @Nullable Instant knownAt,
        String position,
        List<PartyTotals> parties)
        implements View {
    private static final Table TABLE =
            columns(Table.of("parties", "totals").with(0, "conflict", "asOf", "knownAt"), 1);

    /// The columns of totals by party and category, more.
    ///
    /// @param level how many lists deep the parties stand
    public static Table columns(Table table, int level) {
        return table.with(level, "party")
                .with("partyName", level, "/name")
                .with(level, "role", "exchanges", "lastExchangeOn")
                .with(level + 1, "category")
                .withFigure("received", level + 1, "/received")
                .withFigure("handedOver", level + 1, "/handedOver");
    }

    @Override
    public Table table() {
        return TABLE;
    }

    /// The parties in the order in which answers list them: sides first.
    public static List<Party> order(Conflict conflict) {
        return conflict.parties().stream().sorted(Comparator.comparing(Party::role)).toList();
    }

    /// What one party received and handed over.
    ///
    /// @param exchanges how many exchanges it took part in
    public record PartyTotals(
            String party,
            String name,
            Role role,
            long exchanges,
            @Nullable LocalDate lastExchangeOn,
            List<CategoryTotals> totals) {}

    /// The same of one category.
    public record CategoryTotals(Category category, Figure received, Figure handedOver) {}
}
