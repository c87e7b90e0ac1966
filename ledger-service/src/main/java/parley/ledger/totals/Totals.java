package parley.ledger.totals;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import parley.contract.Category;
import parley.ledger.fold.Figure;
import parley.ledger.totals.Tally.Account;
import parley.ledger.totals.Tally.Activity;
import parley.ledger.totals.Tally.Sum;
import parley.ledger.views.Moment;
import parley.ledger.views.Reader;

/// Sums over the entries: those kept beside them for what is known to this day, and over the
/// entries themselves by either clock, or of some days only.
@ApplicationScoped
public class Totals {
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
                where conflict = ? and (?::date is null or valid_on >= ?)
                      and (?::date is null or valid_on <= ?)
                      and (?::timestamptz is null and known_to is null
                           or known_from <= ? and (known_to is null or known_to > ?))),
            posting as (
                select from_party as party, 1 as direction, known.* from known
                union all
                select to_party as party, 0 as direction, known.* from known)
            """;
    private static final String SUMS =
            """
            sum(best) as best, sum(low) as low, sum(high) as high, sum(disputed) as disputed,
            sum(unstated) as unstated
            """;
    private static final String ACTIVITY =
            "count(distinct exchange) as exchanges, max(valid_on) as last_exchange_on";
    private static final String KNOWN_SUMS =
            KNOWN
                    + "select party, direction, category,"
                    + SUMS
                    + "from posting group by party, direction, category";
    private static final String KNOWN_ACTIVITY =
            KNOWN + "select party," + ACTIVITY + " from posting group by party";
    private static final String UNIT = "select date_trunc(?, valid_on::timestamp)::date as unit,";
    private static final String UNIT_SUMS =
            KNOWN
                    + UNIT
                    + "party, direction, category,"
                    + SUMS
                    + "from posting group by unit, party, direction, category";
    private static final String UNIT_ACTIVITY =
            KNOWN + UNIT + "party," + ACTIVITY + " from posting group by unit, party";
    private static final String DAYS =
            KNOWN
                    + "select min(valid_on) as first, max(valid_on) as last"
                    + " from known having count(*) > 0";

    private final Reader reader;

    Totals(Reader reader) {
        this.reader = reader;
    }

    /// Days from one to another, both included; null: without that end.
    public record Days(@Nullable LocalDate first, @Nullable LocalDate last) {
        private Days until(@Nullable LocalDate day) {
            boolean isEarlier = day != null && (last == null || day.isBefore(last));
            return isEarlier ? new Days(first, day) : this;
        }
    }

    /// What had taken place of a conflict, as known at that moment.
    public Tally tally(String conflict, Moment moment) {
        return moment.knownAt() == null && moment.asOf() == null
                ? new Tally(
                        reader.list(KEPT_SUMS, Totals::sum, conflict),
                        reader.list(KEPT_ACTIVITY, Totals::activity, conflict))
                : tally(conflict, new Days(null, null), moment);
    }

    /// The same of those days.
    public Tally tally(String conflict, Days days, Moment moment) {
        return new Tally(
                list(KNOWN_SUMS, Totals::sum, conflict, days, moment),
                list(KNOWN_ACTIVITY, Totals::activity, conflict, days, moment));
    }

    /// The same unit by unit (as `date_trunc` knows it), by its first day. What has no entry is
    /// left out.
    public Map<LocalDate, Tally> tallies(String conflict, String unit, Days days, Moment moment) {
        Map<LocalDate, List<Sum>> sums =
                byUnit(UNIT_SUMS, Totals::sum, conflict, unit, days, moment);
        Map<LocalDate, List<Activity>> activity =
                byUnit(UNIT_ACTIVITY, Totals::activity, conflict, unit, days, moment);
        var tallies = new HashMap<LocalDate, Tally>();
        sums.forEach(
                (first, of) ->
                        tallies.put(first, new Tally(of, activity.getOrDefault(first, List.of()))));
        return tallies;
    }

    private <T> Map<LocalDate, List<T>> byUnit(
            String sql, Reader.Row<T> row, String conflict, String unit, Days days, Moment moment) {
        return list(
                        sql,
                        it -> Map.entry(it.getObject("unit", LocalDate.class), row.read(it)),
                        conflict,
                        days,
                        moment,
                        unit)
                .stream()
                .collect(
                        Collectors.groupingBy(
                                Map.Entry::getKey,
                                Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    /// From the first day with a transfer to the last, if there is any.
    public Optional<Days> span(String conflict, Moment moment) {
        return list(
                        DAYS,
                        row ->
                                new Days(
                                        row.getObject("first", LocalDate.class),
                                        row.getObject("last", LocalDate.class)),
                        conflict,
                        new Days(null, null),
                        moment)
                .stream()
                .findFirst();
    }

    private <T> List<T> list(
            String sql,
            Reader.Row<T> row,
            String conflict,
            Days days,
            Moment moment,
            String... more) {
        LocalDate first = days.first();
        LocalDate last = days.until(moment.asOf()).last();
        OffsetDateTime at = moment.knownAtUtc();
        var parameters = new ArrayList<@Nullable Object>();
        Collections.addAll(parameters, conflict, first, first, last, last, at, at, at);
        Collections.addAll(parameters, more);
        return reader.list(sql, row, parameters.toArray());
    }

    private static Sum sum(ResultSet row) throws SQLException {
        return new Sum(
                new Account(
                        row.getString("party"),
                        row.getInt("direction") == 0,
                        Category.values()[row.getInt("category")]),
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
