package parley.ledger.reconciliation;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.contract.Assertion.Count;
import parley.contract.Assertion.Total;
import parley.contract.Category;
import parley.contract.Claim;
import parley.contract.Direction;
import parley.contract.EdtfDate;
import parley.ledger.fold.Figure;
import parley.ledger.reconciliation.Days.Sum;
import parley.ledger.reconciliation.Scope.What;
import parley.ledger.statements.Statements;
import parley.ledger.views.Moment;
import parley.ledger.views.Reader;

/// What the books hold of a conflict, as far as totals hang on it.
@ApplicationScoped
class Ledger {
    private static final String KNOWN =
            """
                  and (?::timestamptz is null and %1$s.known_to is null
                       or %1$s.known_from <= ? and (%1$s.known_to is null or %1$s.known_to > ?))
                  and (?::date is null or %1$s.valid_on <= ?)
            """;
    private static final String KNOWN_ENTRIES = KNOWN.formatted("entry");
    private static final String KNOWN_CLAIMS =
            """
                  and edition.kind = 3 and edition.status = 'standing'
            """
                    + KNOWN.formatted("edition");
    private static final String DAYS =
            """
            select valid_on, from_party, to_party, category, agreement, sum(best) as best,
                   sum(low) as low, sum(high) as high, sum(disputed) as disputed,
                   sum(unstated) as unstated,
                   sum(hashtextextended(concat_ws(' ', partition, "offset", leg, exchange, best,
                                                  low, high, unstated), 0)) as state
            from entry
            where conflict = ?
            """
                    + KNOWN_ENTRIES
                    + " group by valid_on, from_party, to_party, category, agreement";
    private static final String SAID =
            """
            select entry.valid_on,
                   sum(hashtextextended(concat_ws(' ', edition.partition, edition."offset"), 1))
                       as state
            from entry
            join edition on edition.exchange = entry.exchange
            where entry.conflict = ? and (high > low or unstated = 1)
            """
                    + KNOWN_ENTRIES
                    + KNOWN_CLAIMS
                    + " group by entry.valid_on";

    // The bytes are those of "total" with its quotation marks: most claims are of another kind.
    private static final String TOTALS =
            """
            select edition.subject, event.type, event.value
            from edition
            join event using (topic, partition, "offset")
            where edition.conflict = ? and position('\\x22746f74616c22'::bytea in event.value) > 0
            """
                    + KNOWN_CLAIMS;
    private static final String LINES =
            """
            select entry.* from entry
            where conflict = ? and valid_on <= ?
            """
                    + KNOWN_ENTRIES
                    + """
                      order by valid_on desc, partition, "offset", leg
                      limit ?
                      """;
    private static final String READINGS =
            """
            select edition.exchange, event.type, event.value
            from edition
            join event using (topic, partition, "offset")
            where edition.conflict = ? and edition.exchange = any (?)
            """
                    + KNOWN_CLAIMS
                    + """
                      order by edition.valid_on, event.recorded_at, event.topic, event.partition,
                               event."offset"
                      """;

    private final Reader reader;

    Ledger(Reader reader) {
        this.reader = reader;
    }

    /// The sums of each day.
    Days days(String conflict, Moment moment) {
        var said = new HashMap<LocalDate, Long>();
        reader.list(
                        SAID,
                        row -> Map.entry(row.getObject(1, LocalDate.class), state(row)),
                        parameters(conflict, known(moment), known(moment)))
                .forEach(it -> said.put(it.getKey(), it.getValue()));
        return new Days(reader.list(DAYS, Ledger::sum, parameters(conflict, known(moment))), said);
    }

    private static Sum sum(ResultSet row) throws SQLException {
        return new Sum(
                row.getObject("valid_on", LocalDate.class), what(row), figure(row), state(row));
    }

    /// A sum of numbers of 64 bits, modulo 2^64.
    private static long state(ResultSet row) throws SQLException {
        return row.getBigDecimal("state").longValue();
    }

    private static What what(ResultSet row) throws SQLException {
        return new What(
                row.getString("from_party"),
                row.getString("to_party"),
                Category.values()[row.getInt("category")],
                row.getString("agreement"));
    }

    private static Figure figure(ResultSet row) throws SQLException {
        return new Figure(
                row.getLong("best"),
                row.getLong("low"),
                row.getLong("high"),
                row.getLong("disputed"),
                row.getLong("unstated"));
    }

    /// The totals that are claimed.
    ///
    /// @param since the first day of the conflict, from which a total counts that names none
    List<Claimed> totals(String conflict, @Nullable EdtfDate since, Moment moment) {
        var totals = new ArrayList<Claimed>();
        reader.list(
                        TOTALS,
                        row -> Map.entry(row.getString("subject"), claim(row)),
                        parameters(conflict, known(moment)))
                .forEach(
                        it -> {
                            Claim claim = it.getValue();
                            if (claim.assertion() instanceof Total total) {
                                totals.add(claimed(it.getKey(), claim, total, since));
                            }
                        });
        return totals;
    }

    private static Claimed claimed(
            String id, Claim claim, Total total, @Nullable EdtfDate conflictSince) {
        EdtfDate since = total.since() == null ? conflictSince : total.since();
        EdtfDate until = total.until() == null ? claim.statedOn() : total.until();
        return new Claimed(
                id,
                claim.claimant(),
                claim.statedOn(),
                new Scope(
                        total.from(),
                        total.to(),
                        total.categories(),
                        since == null ? null : since.first(),
                        until.last(),
                        total.agreement()),
                total.quantity());
    }

    /// The newest lines up to that day, with what is said of those in doubt.
    Block block(String conflict, LocalDate last, Moment moment) {
        List<Line> lines = lines(conflict, last, moment);
        return new Block(last, lines, lines.size() < Block.LINES_MAX);
    }

    private List<Line> lines(String conflict, LocalDate last, Moment moment) {
        var parameters = new ArrayList<@Nullable Object>();
        parameters.add(conflict);
        parameters.add(last);
        parameters.addAll(known(moment));
        parameters.add(Block.LINES_MAX);
        List<Line> lines = reader.list(LINES, Ledger::line, parameters.toArray());
        String[] inDoubt =
                lines.stream()
                        .filter(it -> it.figure().high() > it.figure().low())
                        .map(Line::exchange)
                        .distinct()
                        .toArray(String[]::new);
        if (inDoubt.length == 0) {
            return lines;
        }
        var readings = readings(conflict, inDoubt, moment);
        return lines.stream().map(it -> it.read(readings.getOrDefault(key(it), Map.of()))).toList();
    }

    private static Line line(ResultSet row) throws SQLException {
        return new Line(
                row.getInt("partition") + "-" + row.getLong("offset") + "-" + row.getInt("leg"),
                row.getString("exchange"),
                row.getObject("valid_on", LocalDate.class),
                what(row),
                figure(row),
                Map.of());
    }

    private record Transfer(String exchange, Direction direction) {}

    private static Transfer key(Line line) {
        What what = line.what();
        return new Transfer(
                line.exchange(), new Direction(what.from(), what.to(), what.category()));
    }

    /// What each claimant said last of those transfers, by the day it was stated, then by the log.
    private Map<Transfer, Map<String, Integer>> readings(
            String conflict, String[] exchanges, Moment moment) {
        var parameters = new ArrayList<@Nullable Object>();
        parameters.add(conflict);
        parameters.add(exchanges);
        parameters.addAll(known(moment));
        var readings = new HashMap<Transfer, Map<String, Integer>>();
        reader.list(
                        READINGS,
                        row -> Map.entry(row.getString("exchange"), claim(row)),
                        parameters.toArray())
                .forEach(
                        it -> {
                            if (it.getValue().assertion() instanceof Count count
                                    && count.count() != null) {
                                readings.computeIfAbsent(
                                                new Transfer(it.getKey(), count.direction()),
                                                _ -> new LinkedHashMap<>())
                                        .put(it.getValue().claimant().name(), count.count());
                            }
                        });
        return readings;
    }

    private static List<@Nullable Object> known(Moment moment) {
        OffsetDateTime at = moment.knownAtUtc();
        LocalDate asOf = moment.asOf();
        var known = new ArrayList<@Nullable Object>();
        known.add(at);
        known.add(at);
        known.add(at);
        known.add(asOf);
        known.add(asOf);
        return known;
    }

    @SafeVarargs
    private static @Nullable Object[] parameters(String conflict, List<@Nullable Object>... more) {
        var parameters = new ArrayList<@Nullable Object>();
        parameters.add(conflict);
        for (List<@Nullable Object> some : more) {
            parameters.addAll(some);
        }
        return parameters.toArray();
    }

    private static Claim claim(ResultSet row) throws SQLException {
        return Statements.stated(Claim.class, row.getString("type"), row.getBytes("value"));
    }
}
