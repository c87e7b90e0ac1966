package parley.ledger.dashboard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import parley.contract.Category;
import parley.contract.Role;
import parley.ledger.fold.Figure;
import parley.ledger.totals.TotalsView;
import parley.ledger.totals.TotalsView.CategoryTotals;
import parley.ledger.totals.TotalsView.PartyTotals;

/// The totals of the sides as a table to draw: on 720 by 378 units, two columns for each side.
public record Card(List<Side> sides, List<Row> rows) {
    private static final int LEFT = 148;
    private static final int RIGHT = 716;
    private static final int FIRST_ROW = 108;
    private static final int ROW = 52;

    public Card {
        sides = List.copyOf(sides);
        rows = List.copyOf(rows);
    }

    /// Whose two columns those are.
    ///
    /// @param x where the first one begins
    /// @param handedOver where the second one does
    public record Side(PartyTotals party, long x, long handedOver) {}

    /// What all sides received and handed over of one category.
    ///
    /// @param y the line on which the numbers stand
    public record Row(Category category, long y, List<Cell> cells) {
        public Row {
            cells = List.copyOf(cells);
        }
    }

    /// One figure.
    ///
    /// @param x where its column begins
    public record Cell(Figure figure, long x) {}

    /// Third parties are left out, as they are where the totals are framed.
    static Card of(TotalsView totals) {
        List<PartyTotals> parties =
                totals.parties().stream().filter(it -> it.role() == Role.SIDE).toList();
        var sides = new ArrayList<Side>();
        for (int side = 0; side < parties.size(); side++) {
            sides.add(
                    new Side(
                            parties.get(side),
                            x(2 * side, parties.size()),
                            x(2 * side + 1, parties.size())));
        }
        List<Category> categories =
                Arrays.stream(Category.values())
                        .filter(it -> parties.stream().anyMatch(of -> has(of, it)))
                        .toList();
        var rows = new ArrayList<Row>();
        for (Category category : categories) {
            var cells = new ArrayList<Cell>();
            for (Side side : sides) {
                CategoryTotals total = total(side.party(), category);
                cells.add(new Cell(total.received(), side.x()));
                cells.add(new Cell(total.handedOver(), side.handedOver()));
            }
            rows.add(new Row(category, FIRST_ROW + (long) ROW * rows.size(), cells));
        }
        return new Card(sides, rows);
    }

    private static boolean has(PartyTotals party, Category category) {
        return party.totals().stream().anyMatch(it -> it.category() == category);
    }

    private static CategoryTotals total(PartyTotals party, Category category) {
        return party.totals().stream()
                .filter(it -> it.category() == category)
                .findFirst()
                .orElseGet(() -> new CategoryTotals(category, Figure.NONE, Figure.NONE));
    }

    private static long x(int column, int sides) {
        return LEFT + (long) (RIGHT - LEFT) * column / (2L * sides);
    }
}
