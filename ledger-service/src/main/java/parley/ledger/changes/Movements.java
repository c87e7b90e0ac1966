package parley.ledger.changes;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import parley.contract.Category;
import parley.contract.Direction;
import parley.ledger.fold.Figure;
import parley.ledger.views.Reader;

/// What moved the totals of a conflict, transfer by transfer, as the entries have it.
@ApplicationScoped
class Movements {
    private static final String WITHIN =
            """
            select at, exchange, from_party, to_party, category, sum(best) as best,
                   sum(low) as low, sum(high) as high, sum(disputed) as disputed,
                   sum(unstated) as unstated
            from (select known_from as at, exchange, from_party, to_party, category,
                         best, low, high, disputed, unstated
                  from entry
                  where conflict = ? and known_from between ? and ?
                        and (?::date is null or valid_on <= ?)
                  union all
                  select known_to, exchange, from_party, to_party, category,
                         -best, -low, -high, -disputed, -unstated
                  from entry
                  where conflict = ? and known_to between ? and ?
                        and (?::date is null or valid_on <= ?)) as moved
            group by at, exchange, from_party, to_party, category
            having (sum(best), sum(low), sum(high), sum(disputed), sum(unstated))
                   <> (0, 0, 0, 0, 0)
            """;
    private static final String BEFORE =
            """
            select from_party, to_party, category, sum(best) as best, sum(low) as low,
                   sum(high) as high, sum(disputed) as disputed, sum(unstated) as unstated
            from entry
            where conflict = ? and known_from < ? and (known_to is null or known_to >= ?)
                  and (?::date is null or valid_on <= ?)
            group by from_party, to_party, category
            """;

    private static final String KEPT =
            """
            select party, direction, category, best, low, high, disputed, unstated
            from account
            where conflict = ?
            """;

    private final Reader reader;

    Movements(Reader reader) {
        this.reader = reader;
    }

    /// What moved from the one moment to the other, both included, of what had taken place by that
    /// day.
    List<Movement> within(
            String conflict, @Nullable LocalDate asOf, OffsetDateTime from, OffsetDateTime to) {
        return reader.list(
                WITHIN,
                Movements::movement,
                conflict,
                from,
                to,
                asOf,
                asOf,
                conflict,
                from,
                to,
                asOf,
                asOf);
    }

    /// The totals just before that moment.
    RunningTotals before(String conflict, @Nullable LocalDate asOf, OffsetDateTime moment) {
        var totals = new RunningTotals();
        reader.list(BEFORE, Movements::sum, conflict, moment, moment, asOf, asOf)
                .forEach(sum -> totals.post(sum.direction(), sum.figure()));
        return totals;
    }

    /// The totals just before that moment, of all that had or had not taken place, as what is kept
    /// of the present less what has moved since.
    RunningTotals backTo(String conflict, OffsetDateTime moment) {
        var totals = new RunningTotals();
        reader.list(
                KEPT,
                row -> {
                    totals.open(
                            row.getString("party"),
                            row.getInt("direction") == 0,
                            Category.values()[row.getInt("category")],
                            figure(row));
                    return totals;
                },
                conflict);
        within(conflict, null, moment, OffsetDateTime.MAX)
                .forEach(it -> totals.post(it.direction(), Figure.NONE.minus(it.figure())));
        return totals;
    }

    private record Sum(Direction direction, Figure figure) {}

    private static Sum sum(ResultSet row) throws SQLException {
        return new Sum(
                new Direction(
                        row.getString("from_party"),
                        row.getString("to_party"),
                        Category.values()[row.getInt("category")]),
                figure(row));
    }

    private static Figure figure(ResultSet row) throws SQLException {
        return new Figure(
                row.getLong("best"),
                row.getLong("low"),
                row.getLong("high"),
                row.getLong("disputed"),
                row.getLong("unstated"));
    }

    private static Movement movement(ResultSet row) throws SQLException {
        Sum sum = sum(row);
        return new Movement(
                new Movement.Cause(
                        Objects.requireNonNull(Reader.instant(row, "at")),
                        row.getString("exchange")),
                sum.direction(),
                sum.figure());
    }
}
