package parley.ledger.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import parley.contract.Category;
import parley.contract.LogPosition;
import parley.ledger.audit.Digest.Digests;
import parley.ledger.fold.Figure;
import parley.ledger.views.Positions;
import parley.ledger.views.Reader;

/// Holds the kept totals against each other and against the entries.
@ApplicationScoped
public class Audit {
    private static final String TRIAL_BALANCE =
            """
            select conflict, category, direction, sum(best) as best, sum(low) as low,
                   sum(high) as high, sum(disputed) as disputed, sum(unstated) as unstated
            from account
            where transfers <> 0 or best <> 0 or high <> 0
            group by conflict, category, direction
            order by conflict, category, direction
            """;
    private static final String UNEQUAL_ACCOUNTS =
            """
            with posting as (
                select conflict, from_party as party, 1::smallint as direction, category,
                       best, low, high, disputed, unstated
                from entry where known_to is null
                union all
                select conflict, to_party, 0::smallint, category,
                       best, low, high, disputed, unstated
                from entry where known_to is null),
            summed as (
                select conflict, party, direction, category, count(*) as transfers,
                       sum(best) as best, sum(low) as low, sum(high) as high,
                       sum(disputed) as disputed, sum(unstated) as unstated
                from posting
                group by conflict, party, direction, category),
            kept as (select * from account where transfers <> 0 or best <> 0 or high <> 0)
            select conflict, party, direction, category,
                   coalesce(kept.best, 0) as kept, coalesce(summed.best, 0) as summed
            from kept
            full join summed using (conflict, party, direction, category)
            where (kept.transfers, kept.best, kept.low, kept.high, kept.disputed, kept.unstated)
                  is distinct from (summed.transfers, summed.best, summed.low, summed.high,
                                    summed.disputed, summed.unstated)
            order by conflict, party, direction, category
            limit 100
            """;
    private static final String UNEQUAL_ACTIVITY =
            """
            with taking_part as (
                select conflict, from_party as party, exchange
                from entry where known_to is null
                union
                select conflict, to_party, exchange from entry where known_to is null),
            summed as (
                select conflict, party, count(*) as exchanges
                from taking_part
                group by conflict, party),
            kept as (select * from activity where exchanges <> 0)
            select conflict, party, coalesce(kept.exchanges, 0) as kept,
                   coalesce(summed.exchanges, 0) as summed
            from kept
            full join summed using (conflict, party)
            where kept.exchanges is distinct from summed.exchanges
            order by conflict, party
            limit 100
            """;

    private final Reader reader;
    private final Digest digest;
    private final Positions positions;

    Audit(Reader reader, Digest digest, Positions positions) {
        this.reader = reader;
        this.digest = digest;
        this.positions = positions;
    }

    /// What the books show of themselves, at one position.
    record Found(
            LogPosition position,
            List<Balance> balances,
            List<Difference> differences,
            Digests digests) {
        boolean isBalanced() {
            return balances.stream().allMatch(Balance::holds);
        }
    }

    @Transactional
    Found find() {
        return new Found(positions.at(null), trialBalance(), differences(), digest.read());
    }

    /// All that was handed over, and all that was received, of one category in one conflict.
    record Balance(
            String conflict,
            Category category,
            Figure handedOver,
            Figure received,
            boolean holds) {}

    /// A kept number that is not the sum of its entries.
    record Difference(String account, long kept, long summed) {}

    /// Whether both the trial balance and the kept totals hold.
    public boolean holds() {
        return trialBalance().stream().allMatch(Balance::holds) && differences().isEmpty();
    }

    private List<Balance> trialBalance() {
        List<Side> sides = reader.list(TRIAL_BALANCE, Audit::side);
        return sides.stream()
                .map(side -> new Subject(side.conflict, side.category))
                .distinct()
                .map(
                        subject -> {
                            Figure handedOver = sum(sides, subject, 1);
                            Figure received = sum(sides, subject, 0);
                            return new Balance(
                                    subject.conflict,
                                    subject.category,
                                    handedOver,
                                    received,
                                    handedOver.equals(received));
                        })
                .toList();
    }

    /// Up to 100 kept totals that are not the sums of their entries.
    private List<Difference> differences() {
        List<Difference> accounts =
                reader.list(
                        UNEQUAL_ACCOUNTS,
                        row ->
                                new Difference(
                                        "%s/%s/%s/%s"
                                                .formatted(
                                                        row.getString("conflict"),
                                                        row.getString("party"),
                                                        row.getInt("direction") == 0
                                                                ? "received"
                                                                : "handedOver",
                                                        Category.values()[row.getInt("category")]
                                                                .wire()),
                                        row.getLong("kept"),
                                        row.getLong("summed")));
        List<Difference> activity =
                reader.list(
                        UNEQUAL_ACTIVITY,
                        row ->
                                new Difference(
                                        "%s/%s/exchanges"
                                                .formatted(
                                                        row.getString("conflict"),
                                                        row.getString("party")),
                                        row.getLong("kept"),
                                        row.getLong("summed")));
        return Stream.concat(accounts.stream(), activity.stream()).toList();
    }

    private record Subject(String conflict, Category category) {}

    private record Side(String conflict, Category category, int direction, Figure figure) {}

    private static Side side(ResultSet row) throws SQLException {
        return new Side(
                row.getString("conflict"),
                Category.values()[row.getInt("category")],
                row.getInt("direction"),
                new Figure(
                        row.getLong("best"),
                        row.getLong("low"),
                        row.getLong("high"),
                        row.getLong("disputed"),
                        row.getLong("unstated")));
    }

    private static Figure sum(List<Side> sides, Subject subject, int direction) {
        return sides.stream()
                .filter(side -> side.direction == direction)
                .filter(side -> new Subject(side.conflict, side.category).equals(subject))
                .map(Side::figure)
                .reduce(Figure.NONE, Figure::plus);
    }
}
