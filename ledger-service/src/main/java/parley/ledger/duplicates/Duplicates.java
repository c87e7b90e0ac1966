package parley.ledger.duplicates;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.contract.Exchange;
import parley.ledger.statements.Statements;
import parley.ledger.views.Moment;
import parley.ledger.views.Page;
import parley.ledger.views.Reader;

/// Pairs of exchanges that are probably one handover, newest first.
///
/// PostgreSQL finds what transfers alike numbers of one kind on days that overlap or touch; what is
/// said of them decides. Only what counts has entries: a merge takes a pair off.
@ApplicationScoped
public class Duplicates {
    private static final String KNOWN =
            """
                  and (?::timestamptz is null and %1$s.known_to is null
                       or %1$s.known_from <= ? and (%1$s.known_to is null or %1$s.known_to > ?))
            """;

    private static final String THEN =
            """
                  and %1$s.known_from <= asked.at
                  and (%1$s.known_to is null or %1$s.known_to > asked.at)
            """;
    private static final String ALIKE =
            """
                  and earlier.from_party = later.from_party
                  and earlier.to_party = later.to_party
                  and earlier.category = later.category
                  and (earlier.unstated + later.unstated > 0
                       or abs(earlier.best - later.best)
                          <= greatest(1, greatest(earlier.best, later.best) / 20)
                       or earlier.low <= later.high and later.low <= earlier.high)
            """;

    private static final String LATER =
            """
            select distinct valid_on as last_day, exchange
            from entry
            where conflict = ? and (?::date is null or valid_on <= ?)
                  and (?::date is null or valid_on < ?
                       or valid_on = ? and (exchange > ? or exchange = ? and ?::text <> ''))
            """
                    + KNOWN.formatted("entry")
                    + """
                      order by 1 desc, 2
                      limit ?
                      """;

    // Only dates that overlap or touch: what a report says of its first day, the entries do not.
    // None is dated more roughly than by a month, or it says little of a day.
    private static final String PAIRS =
            """
            select later.valid_on as last_day, later.exchange as one, earlier.exchange as other
            from unnest(?::text[], ?::date[]) as asked (exchange, first_day)
            join entry later on later.conflict = ? and later.exchange = asked.exchange
            join entry earlier
                 on earlier.conflict = later.conflict
                    and earlier.valid_on between greatest(first_day - 1, later.valid_on - 31)
                                                 and later.valid_on
                    and (earlier.valid_on < later.valid_on and earlier.exchange <> later.exchange
                         or earlier.exchange > later.exchange)
            """
                    + ALIKE
                    + """
            where (later.exchange <> ?::text or earlier.exchange > ?)
            """
                    + KNOWN.formatted("later")
                    + KNOWN.formatted("earlier")
                    + """
                      group by 1, 2, 3
                      order by 1 desc, 2, 3
                      limit ?
                      """;
    private static final String REPORTS =
            """
            select edition.subject, edition.publisher, event.type, event.value
            from edition
            join event using (topic, partition, "offset")
            where edition.kind = 1 and edition.subject = any (?)
            """
                    + KNOWN.formatted("edition");

    // As all of them stood at the moment: of the days around, and of reports that are dated by the
    // month, the nearest. Among real handovers there are no more.
    private static final String NEAR =
            """
            select asked.exchange as one, asked.at, asked.first_day, near.exchange as other
            from unnest(?::text[], ?::timestamptz[], ?::date[]) as asked (exchange, at, first_day)
            cross join (select ?::date as as_of) day
            join entry later on later.conflict = ? and later.exchange = asked.exchange
                                and later.valid_on <= coalesce(as_of, later.valid_on)
            """
                    + THEN.formatted("later")
                    + """
            cross join lateral (
                select array(
                    select first_day + it
                    from generate_series(-1, later.valid_on - first_day + 7) as it
                    union
                    select (date_trunc('month', later.valid_on) + interval '1 month - 1 day')::date)
                    as days) around
            cross join lateral (
                select earlier.exchange
                from entry earlier
                where earlier.conflict = later.conflict and earlier.exchange <> later.exchange
                      and earlier.valid_on = any(around.days)
                      and earlier.valid_on <= coalesce(as_of, earlier.valid_on)
            """
                    + ALIKE
                    + THEN.formatted("earlier")
                    + """
                order by abs(earlier.valid_on - later.valid_on), earlier.exchange
                limit 20) near
            group by 1, 2, 3, 4
            """;
    private static final String REPORTS_THEN =
            """
            select asked.at, edition.subject, edition.publisher, event.type, event.value
            from unnest(?::text[], ?::timestamptz[]) as asked (exchange, at)
            join edition on edition.kind = 1 and edition.subject = asked.exchange
            """
                    + THEN.formatted("edition")
                    + " join event using (topic, partition, \"offset\")";
    private static final int PAIRS_AT_ONCE = 500;
    private static final int EXCHANGES_AT_ONCE = 500;

    /// No page looks further: where there is much alike and nothing likely, it is a short one.
    private static final int ROUNDS_MAX = 20;
    private static final int LIKELY_MAX = 5;

    private final Reader reader;

    Duplicates(Reader reader) {
        this.reader = reader;
    }

    /// Two exchanges that transfer alike numbers, the later one first.
    private record Pair(LocalDate lastDay, String one, String other) {
        static Pair read(ResultSet row) throws SQLException {
            return new Pair(
                    row.getObject("last_day", LocalDate.class),
                    row.getString("one"),
                    row.getString("other"));
        }

        Place place() {
            return new Place(lastDay, one, other);
        }
    }

    /// An exchange, and the last day of its date.
    private record Later(LocalDate lastDay, String exchange) {}

    /// Up to where pairs were looked at.
    ///
    /// @param other of the last pair; empty where all pairs of the exchange were
    private record Place(LocalDate lastDay, String one, String other) {
        private static final int PARTS = 3;

        /// Behind which the page begins, or null: the first page.
        static @Nullable Place after(Page page) {
            List<String> key = page.after(PARTS);
            return key == null
                    ? null
                    : new Place(
                            Objects.requireNonNull(Moment.day("cursor", key.getFirst())),
                            key.get(1),
                            key.get(2));
        }

        List<String> key() {
            return List.of(lastDay.toString(), one, other);
        }
    }

    /// A part of the list.
    ///
    /// @param next what names the place where the next part begins; null: there is none
    record Part(List<DuplicateView> items, @Nullable List<String> next) {
        Part {
            items = List.copyOf(items);
        }
    }

    /// A page of them. It may be short, and still have one behind it.
    Part page(String conflict, Moment moment, Page page) {
        var found = new ArrayList<DuplicateView>();
        Place place = Place.after(page);
        for (int round = 0; round < ROUNDS_MAX; round++) {
            List<Later> later = later(conflict, moment, place);
            if (later.isEmpty()) {
                return new Part(found, null);
            }
            List<Pair> pairs = pairs(conflict, moment, later, place);
            for (DuplicateView item : alike(pairs, moment)) {
                if (found.size() == page.limit()) {
                    return new Part(found, key(found.getLast()));
                }
                found.add(item);
            }
            place =
                    pairs.size() == PAIRS_AT_ONCE
                            ? pairs.getLast().place()
                            : new Place(later.getLast().lastDay, later.getLast().exchange, "");
        }
        return new Part(found, Objects.requireNonNull(place).key());
    }

    /// What names an item's place in such a page.
    private static List<String> key(DuplicateView item) {
        return List.of(
                item.lastDay().toString(),
                item.exchanges().getFirst().exchange(),
                item.exchanges().getLast().exchange());
    }

    private List<Later> later(String conflict, Moment moment, @Nullable Place after) {
        OffsetDateTime at = moment.knownAtUtc();
        LocalDate day = after == null ? null : after.lastDay;
        String one = after == null ? null : after.one;
        return reader.list(
                LATER,
                row ->
                        new Later(
                                row.getObject("last_day", LocalDate.class),
                                row.getString("exchange")),
                conflict,
                moment.asOf(),
                moment.asOf(),
                day,
                day,
                day,
                one,
                one,
                after == null ? null : after.other,
                at,
                at,
                at,
                EXCHANGES_AT_ONCE);
    }

    private List<Pair> pairs(
            String conflict, Moment moment, List<Later> later, @Nullable Place after) {
        OffsetDateTime at = moment.knownAtUtc();
        List<String> exchanges = later.stream().map(Later::exchange).toList();
        Map<String, Report> reports = reports(exchanges, moment);
        return reader.list(
                PAIRS,
                Pair::read,
                exchanges.toArray(String[]::new),
                exchanges.stream()
                        .map(it -> Objects.requireNonNull(reports.get(it)))
                        .map(it -> it.exchange().occurredOn().first().toString())
                        .toArray(String[]::new),
                conflict,
                after == null ? "" : after.one,
                after == null ? "" : after.other,
                at,
                at,
                at,
                at,
                at,
                at,
                PAIRS_AT_ONCE);
    }

    private Map<String, Report> reports(Collection<String> exchanges, Moment moment) {
        OffsetDateTime at = moment.knownAtUtc();
        return reader
                .list(REPORTS, Duplicates::report, exchanges.toArray(String[]::new), at, at, at)
                .stream()
                .collect(Collectors.toMap(Report::id, Function.identity()));
    }

    private List<DuplicateView> alike(Collection<Pair> pairs, Moment moment) {
        if (pairs.isEmpty()) {
            return List.of();
        }
        Map<String, Report> reports =
                reports(
                        pairs.stream()
                                .flatMap(pair -> Stream.of(pair.one, pair.other))
                                .collect(Collectors.toSet()),
                        moment);
        return pairs.stream()
                .flatMap(
                        pair -> {
                            Report one = Objects.requireNonNull(reports.get(pair.one));
                            Report other = Objects.requireNonNull(reports.get(pair.other));
                            return Likeness.of(one, other).stream()
                                    .map(it -> DuplicateView.of(one, other, it, pair.lastDay));
                        })
                .toList();
    }

    /// An exchange at the moment when the log took something about it.
    ///
    /// @param firstDay of its date
    public record Taken(String exchange, Instant at, LocalDate firstDay) {}

    private record Then(String exchange, Instant at) {}

    /// Which exchanges each of them was probably the same as, as soon as the log had taken it: the
    /// likeliest first.
    public Map<Taken, List<Likely>> likely(
            String conflict, @Nullable LocalDate asOf, Collection<Taken> taken) {
        if (taken.isEmpty()) {
            return Map.of();
        }
        Map<Taken, Set<String>> others = others(conflict, asOf, taken);
        Map<Then, Report> reports = reports(others);
        var likely = new HashMap<Taken, List<Likely>>();
        others.forEach(
                (one, near) ->
                        likely.put(
                                one,
                                near.stream()
                                        .flatMap(it -> likely(reports, one, it).stream())
                                        .sorted(Likely.LIKELIEST_FIRST)
                                        .limit(LIKELY_MAX)
                                        .toList()));
        return likely;
    }

    private static Optional<Likely> likely(Map<Then, Report> reports, Taken one, String other) {
        return Likely.of(
                Objects.requireNonNull(reports.get(new Then(one.exchange, one.at))),
                Objects.requireNonNull(reports.get(new Then(other, one.at))));
    }

    private Map<Taken, Set<String>> others(
            String conflict, @Nullable LocalDate asOf, Collection<Taken> taken) {
        return reader
                .list(
                        NEAR,
                        row ->
                                Map.entry(
                                        new Taken(
                                                row.getString("one"),
                                                at(row),
                                                row.getObject("first_day", LocalDate.class)),
                                        row.getString("other")),
                        taken.stream().map(Taken::exchange).toArray(String[]::new),
                        taken.stream().map(it -> it.at.toString()).toArray(String[]::new),
                        taken.stream().map(it -> it.firstDay.toString()).toArray(String[]::new),
                        asOf,
                        conflict)
                .stream()
                .collect(
                        Collectors.groupingBy(
                                Map.Entry::getKey,
                                Collectors.mapping(Map.Entry::getValue, Collectors.toSet())));
    }

    private Map<Then, Report> reports(Map<Taken, Set<String>> others) {
        var named = new HashSet<Then>();
        others.forEach(
                (one, near) -> {
                    named.add(new Then(one.exchange, one.at));
                    near.forEach(it -> named.add(new Then(it, one.at)));
                });
        return reader
                .list(
                        REPORTS_THEN,
                        row -> Map.entry(new Then(row.getString("subject"), at(row)), report(row)),
                        named.stream().map(Then::exchange).toArray(String[]::new),
                        named.stream().map(it -> it.at.toString()).toArray(String[]::new))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Instant at(ResultSet row) throws SQLException {
        return Objects.requireNonNull(Reader.instant(row, "at"));
    }

    private static Report report(ResultSet row) throws SQLException {
        return new Report(
                row.getString("subject"),
                row.getString("publisher"),
                Statements.stated(Exchange.class, row.getString("type"), row.getBytes("value")));
    }
}
