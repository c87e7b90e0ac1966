package parley.ledger.reconciliation;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import parley.contract.Assertion.Count;
import parley.contract.Assertion.Total;
import parley.contract.Category;
import parley.contract.Claim;
import parley.contract.Direction;
import parley.contract.EdtfDate;
import parley.ledger.fold.Figure;
import parley.ledger.reconciliation.Days.Sum;
import parley.ledger.reconciliation.Scope.Kind;
import parley.ledger.reconciliation.Scope.What;
import parley.ledger.statements.Statements;
import parley.ledger.views.Moment;
import parley.ledger.views.Reader;

/// What the books hold of a conflict, as far as totals hang on it.
@ApplicationScoped
class Ledger {
    private static final int TOUCHED_PARTS = 4;
    private static final int BACK_CHANGES_MAX = 5_000;
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

    /// What the lines that began in a stretch of time brought, less those that ended in it.
    private static final String DAYS =
            """
            select valid_on, from_party, to_party, category, agreement,
                   sum(sign * best) as best, sum(sign * low) as low, sum(sign * high) as high,
                   sum(sign * disputed) as disputed, sum(sign * unstated) as unstated,
                   sum(sign * hashtextextended(concat_ws(' ', partition, "offset", leg, exchange,
                                                         best, low, high, disputed,
                                                         unstated), 0)::numeric)
                       as state
            from (select ?::int as sign, entry.* from entry
                  where conflict = ? and known_from > ? and known_from <= ?
                  union all
                  select -?::int, entry.* from entry
                  where conflict = ? and known_to > ? and known_to <= ?) as moved
            group by valid_on, from_party, to_party, category, agreement
            """;

    private static final String TOUCHED =
            """
            select exchange from entry where conflict = ? and known_from > ? and known_from <= ?
            union
            select exchange from entry where conflict = ? and known_to > ? and known_to <= ?
            union
            select exchange from edition
            where conflict = ? and known_from > ? and known_from <= ? and kind = 3
                  and exchange is not null
            union
            select exchange from edition
            where conflict = ? and known_to > ? and known_to <= ? and kind = 3
                  and exchange is not null
            """;
    private static final String AT =
            """
                  and known_from <= ? and (known_to is null or known_to > ?)
            """;
    private static final String OF_THOSE = " and exchange = any (?) ";
    private static final String SAID =
            """
            select exchange, sum(hashtextextended(concat_ws(' ', partition, "offset"), 1)) as state
            from edition
            where conflict = ? and kind = 3 and status = 'standing' and exchange is not null
            """
                    + AT
                    + "%s group by exchange";
    private static final String IN_DOUBT =
            """
            select exchange, valid_on, count(*) as lines
            from entry
            where conflict = ? and (high > low or unstated = 1)
            """
                    + AT
                    + "%s group by exchange, valid_on";
    private static final String CHANGED_CLAIMS =
            """
            select subject from edition
            where conflict = ? and known_from > ? and known_from <= ? and kind = 3
            union
            select subject from edition
            where conflict = ? and known_to > ? and known_to <= ? and kind = 3
            """;

    // The bytes are those of "total" with its quotation marks: most claims are of another kind.
    private static final String TOTALS =
            """
            select edition.subject, event.type, event.value
            from edition
            join event using (topic, partition, "offset")
            where edition.conflict = ? and edition.kind = 3 and edition.status = 'standing'
                  and (known_from > ? and known_from <= ? or known_to > ? and known_to <= ?)
                  and known_from <= ? and (known_to is null or known_to > ?)
                  and position('\\x22746f74616c22'::bytea in event.value) > 0
            """;
    private static final String IS_LONG_AGO =
            """
            select from edition where conflict = ? and known_from > ?
            order by known_from offset ? limit 1
            """;
    private static final String LINES =
            """
            select entry.* from entry
            where conflict = ? and valid_on <= ?
            """
                    + KNOWN_ENTRIES;
    private static final String NEWEST_FIRST =
            """
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

    /// Whether so much has come since that moment that it is better summed anew.
    boolean isLongAgo(String conflict, OffsetDateTime moment) {
        return reader.first(IS_LONG_AGO, _ -> true, conflict, moment, BACK_CHANGES_MAX).isPresent();
    }

    /// The same at another moment, by what changed between the two. Where nobody claims a
    /// total, the ledger is not summed.
    Held moved(Held held, OffsetDateTime moment) {
        if (held.at().isEqual(moment)) {
            return held;
        }
        String conflict = held.conflict();
        OffsetDateTime from = earlier(held.at(), moment);
        OffsetDateTime to = later(held.at(), moment);
        Held moved =
                held.moved(
                        moment,
                        held.isWithoutTotals() ? List.of() : changedClaims(conflict, from, to),
                        totals(conflict, held.since(), from, to, moment));
        return moved.isWithoutTotals() ? moved : moved.summed(days(moved));
    }

    /// Its days, moved from when they were summed to its moment.
    private Days days(Held held) {
        OffsetDateTime from = earlier(held.summedAt(), held.at());
        OffsetDateTime to = later(held.summedAt(), held.at());
        return held.days()
                .plus(
                        sums(held.conflict(), from, to, to.isEqual(held.at()) ? 1 : -1),
                        said(held.conflict(), from, to, held.at(), held.summedAt()));
    }

    private static OffsetDateTime earlier(OffsetDateTime one, OffsetDateTime other) {
        return one.isBefore(other) ? one : other;
    }

    private static OffsetDateTime later(OffsetDateTime one, OffsetDateTime other) {
        return one.isBefore(other) ? other : one;
    }

    private List<String> changedClaims(String conflict, OffsetDateTime from, OffsetDateTime to) {
        return reader.list(
                CHANGED_CLAIMS,
                row -> row.getString("subject"),
                conflict,
                from,
                to,
                conflict,
                from,
                to);
    }

    private List<Sum> sums(String conflict, OffsetDateTime from, OffsetDateTime to, int sign) {
        return reader.list(DAYS, Ledger::sum, sign, conflict, from, to, sign, conflict, from, to);
    }

    private static Sum sum(ResultSet row) throws SQLException {
        return new Sum(
                row.getObject("valid_on", LocalDate.class), what(row), figure(row), state(row));
    }

    /// A sum of numbers of 64 bits, modulo 2^64.
    private static long state(ResultSet row) throws SQLException {
        return row.getBigDecimal("state").longValue();
    }

    /// By how much the digests changed of what is claimed of the lines in doubt. Each exchange that
    /// was touched is looked at before and after: PostgreSQL is not asked to join the claims about
    /// one with its lines, of which it may have thousands.
    private Map<LocalDate, Long> said(
            String conflict,
            OffsetDateTime from,
            OffsetDateTime to,
            OffsetDateTime then,
            OffsetDateTime before) {
        String @Nullable [] touched =
                from.isEqual(OffsetDateTime.MIN) ? null : touched(conflict, from, to);
        var said = new HashMap<LocalDate, Long>();
        said(conflict, touched, then, (day, state) -> said.merge(day, state, Long::sum));
        said(conflict, touched, before, (day, state) -> said.merge(day, -state, Long::sum));
        return said;
    }

    private String[] touched(String conflict, OffsetDateTime from, OffsetDateTime to) {
        var parameters = new ArrayList<@Nullable Object>();
        for (int part = 0; part < TOUCHED_PARTS; part++) {
            Collections.addAll(parameters, conflict, from, to);
        }
        return reader.list(TOUCHED, row -> row.getString(1), parameters.toArray())
                .toArray(String[]::new);
    }

    /// @param touched the exchanges that are wanted; null: all
    private void said(
            String conflict,
            String @Nullable [] touched,
            OffsetDateTime at,
            BiConsumer<LocalDate, Long> found) {
        if (at.isEqual(OffsetDateTime.MIN)) {
            return;
        }
        var states = new HashMap<String, Long>();
        ofThose(
                SAID,
                row -> {
                    states.put(row.getString("exchange"), state(row));
                    return true;
                },
                conflict,
                at,
                touched);
        ofThose(
                IN_DOUBT,
                row -> {
                    Long state = states.get(row.getString("exchange"));
                    if (state != null) {
                        found.accept(
                                row.getObject("valid_on", LocalDate.class),
                                state * row.getLong("lines"));
                    }
                    return true;
                },
                conflict,
                at,
                touched);
    }

    private <T> void ofThose(
            String sql,
            Reader.Row<T> row,
            String conflict,
            OffsetDateTime at,
            String @Nullable [] touched) {
        if (touched == null) {
            reader.list(sql.formatted(""), row, conflict, at, at);
        } else {
            reader.list(sql.formatted(OF_THOSE), row, conflict, at, at, touched);
        }
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

    /// The totals that are claimed at that moment, of the claims that changed in that time.
    private List<Claimed> totals(
            String conflict,
            @Nullable EdtfDate since,
            OffsetDateTime from,
            OffsetDateTime to,
            OffsetDateTime moment) {
        var totals = new ArrayList<Claimed>();
        reader.list(
                        TOTALS,
                        row -> Map.entry(row.getString("subject"), claim(row)),
                        conflict,
                        from,
                        to,
                        from,
                        to,
                        moment,
                        moment)
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

    /// The newest lines of a kind up to that day, with what is said of those in doubt.
    Block ofKind(String conflict, Kind kind, LocalDate last, Moment moment) {
        var of = new ArrayList<@Nullable Object>();
        return block(conflict, ofKind(kind, of), of, last, moment);
    }

    /// Likewise those that are one step outside of it: of another category, agreement or party.
    Block near(String conflict, Kind kind, LocalDate last, Moment moment) {
        var near = new ArrayList<@Nullable Object>();
        String sql = "not coalesce(" + ofKind(kind, near) + ", false) and category = any (?)";
        near.add(ordinals(kind.sort()));
        if (kind.from() != null) {
            sql += " and (from_party = ? or to_party = ? or from_party = ? and to_party = ?)";
            Collections.addAll(near, kind.from(), kind.to(), kind.to(), kind.from());
        }
        return block(conflict, sql, near, last, moment);
    }

    private static String ofKind(Kind kind, List<@Nullable Object> parameters) {
        String sql = "category = any (?)";
        parameters.add(ordinals(kind.categories()));
        if (kind.from() != null) {
            sql += " and from_party = ? and to_party = ?";
            Collections.addAll(parameters, kind.from(), kind.to());
        }
        if (kind.agreement() != null) {
            sql += " and agreement = ?";
            parameters.add(kind.agreement());
        }
        return sql;
    }

    private static Integer[] ordinals(Collection<Category> categories) {
        return categories.stream().map(Category::ordinal).toArray(Integer[]::new);
    }

    private Block block(
            String conflict,
            String of,
            List<@Nullable Object> parameters,
            LocalDate last,
            Moment moment) {
        List<Line> lines = lines(conflict, of, parameters, last, moment);
        return new Block(last, lines, lines.size() < Block.LINES_MAX);
    }

    private List<Line> lines(
            String conflict,
            String of,
            List<@Nullable Object> ofThose,
            LocalDate last,
            Moment moment) {
        var parameters = new ArrayList<@Nullable Object>();
        parameters.add(conflict);
        parameters.add(last);
        parameters.addAll(known(moment));
        parameters.addAll(ofThose);
        parameters.add(Block.LINES_MAX);
        List<Line> lines =
                reader.list(
                        LINES + " and " + of + NEWEST_FIRST, Ledger::line, parameters.toArray());
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

    /// What each claimant said last of those transfers, by the day it was stated, then by the log:
    /// nothing, where his last word is that he does not say.
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
                            if (it.getValue().assertion() instanceof Count count) {
                                Integer figure = count.count();
                                String claimant = it.getValue().claimant().name();
                                var of =
                                        readings.computeIfAbsent(
                                                new Transfer(it.getKey(), count.direction()),
                                                _ -> new LinkedHashMap<>());
                                if (figure == null) {
                                    of.remove(claimant);
                                } else {
                                    of.put(claimant, figure);
                                }
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

    private static Claim claim(ResultSet row) throws SQLException {
        return Statements.stated(Claim.class, row.getString("type"), row.getBytes("value"));
    }
}
