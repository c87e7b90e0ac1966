package parley.ledger.totals;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import parley.contract.Category;
import parley.ledger.fold.Figure;
import parley.ledger.views.Moment;
import parley.ledger.views.Reader;

/// Sums over the entries: those kept beside them for what is known to this day, and over the
/// entries themselves by either clock.
@ApplicationScoped
class Totals {
    private static final String KEPT_SUMS =
            """
            select party, direction, category, best, low, high, disputed, unstated
            from account
            where conflict = ? and transfers > 0
            """;
    private static final String KEPT_ACTIVITY =
            """
            select party, exchanges,
                   (select max(valid_on) from entry
                    where conflict = activity.conflict and known_to is null
                          and (from_party = party or to_party = party)) as last_exchange_on
            from activity
            where conflict = ? and exchanges > 0
            """;
    private static final String KNOWN =
            """
            with known as (
                select * from entry
                where conflict = ? and (?::date is null or valid_on <= ?)
                      and (?::timestamptz is null and known_to is null
                           or known_from <= ? and (known_to is null or known_to > ?))),
            posting as (
                select from_party as party, 1 as direction, known.* from known
                union all
                select to_party as party, 0 as direction, known.* from known)
            """;
    private static final String KNOWN_SUMS =
            KNOWN
                    + """
                      select party, direction, category, sum(best) as best, sum(low) as low,
                             sum(high) as high, sum(disputed) as disputed,
                             sum(unstated) as unstated
                      from posting
                      group by party, direction, category
                      """;
    private static final String KNOWN_ACTIVITY =
            KNOWN
                    + """
                      select party, count(distinct exchange) as exchanges,
                             max(valid_on) as last_exchange_on
                      from posting
                      group by party
                      """;

    private final Reader reader;

    Totals(Reader reader) {
        this.reader = reader;
    }

    record Sum(String party, boolean received, Category category, Figure figure) {}

    record Activity(String party, long exchanges, LocalDate lastExchangeOn) {}

    List<Sum> sums(String conflict, Moment moment) {
        return list(conflict, moment, KEPT_SUMS, KNOWN_SUMS, Totals::sum);
    }

    List<Activity> activity(String conflict, Moment moment) {
        return list(conflict, moment, KEPT_ACTIVITY, KNOWN_ACTIVITY, Totals::activity);
    }

    private <T> List<T> list(
            String conflict, Moment moment, String kept, String known, Reader.Row<T> row) {
        LocalDate asOf = moment.asOf();
        OffsetDateTime knownAt = moment.knownAtUtc();
        return knownAt == null && asOf == null
                ? reader.list(kept, row, conflict)
                : reader.list(known, row, conflict, asOf, asOf, knownAt, knownAt, knownAt);
    }

    private static Sum sum(ResultSet row) throws SQLException {
        return new Sum(
                row.getString("party"),
                row.getInt("direction") == 0,
                Category.values()[row.getInt("category")],
                new Figure(
                        row.getLong("best"),
                        row.getLong("low"),
                        row.getLong("high"),
                        row.getLong("disputed"),
                        row.getLong("unstated")));
    }

    private static Activity activity(ResultSet row) throws SQLException {
        return new Activity(
                row.getString("party"),
                row.getLong("exchanges"),
                row.getObject("last_exchange_on", LocalDate.class));
    }
}
