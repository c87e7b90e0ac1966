package parley.ledger.discrepancies;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import org.jspecify.annotations.Nullable;
import parley.contract.Assertion.Count;
import parley.contract.Category;
import parley.contract.Claim;
import parley.contract.Direction;
import parley.contract.Quantity;
import parley.contract.Topic;
import parley.ledger.discrepancies.DiscrepancyView.ClaimView;
import parley.ledger.discrepancies.DiscrepancyView.LedgerView;
import parley.ledger.discrepancies.Dispute.Saying;
import parley.ledger.discrepancies.Editions.Edition;
import parley.ledger.entries.Entries;
import parley.ledger.entries.EntryView;
import parley.ledger.entries.EntryView.StatedIn;
import parley.ledger.statements.Statements;
import parley.ledger.views.Moment;
import parley.ledger.views.Page;
import parley.ledger.views.Reader;

/// The transfers of which not all say the same, by how far apart they are, largest first.
///
/// None is further apart than the ledger's figure is uncertain, and by that they can be read in
/// order: so a page reads on until what follows can no longer be larger. Many a figure is uncertain
/// with nobody differing: those are passed over. By a day none of that holds, since who differed
/// then may have agreed since: whatever claims are about is read, exchange by exchange.
@ApplicationScoped
class Discrepancies {
    private static final int KEY_PARTS = 6;
    private static final int READ_TOGETHER = 1_000;

    private static final String NOW = " and known_to is null ";
    private static final String THEN =
            " and known_from <= ? and (known_to is null or known_to > ?) ";
    private static final String ENTRIES =
            """
            select entry.*, event.id, event.source, event.type, event.value
            from entry
            join event on event.topic = 1 and event.partition = entry.partition
                          and event."offset" = entry."offset"
            where conflict = ? and (?::text is null or from_party = ? or to_party = ?)
            """;
    private static final String IN_DOUBT =
            """
                  and (high > low or unstated = 1)
                  and exists (select from edition
                              where edition.exchange = entry.exchange and edition.kind = 3)
                  and (?::int is null
                       or (low - high, valid_on, exchange, from_party, to_party, category)
                          > (?::int, ?::date, ?, ?, ?, ?::int))
            """;
    private static final String MOST_UNCERTAIN_FIRST =
            """
            order by low - high, valid_on, exchange, from_party, to_party, category
            limit ?
            """;
    private static final String OF_EXCHANGES =
            """
                  and exchange = any (?) and (?::date is null or valid_on <= ?)
            """;
    private static final String CLAIMED_ABOUT =
            """
            select distinct exchange from edition
            where kind = 3 and conflict = ? and exchange is not null
            """;
    private static final String CLAIMS =
            """
            select edition.subject, edition.exchange, edition.valid_on, event.partition,
                   event."offset", event.id, event.source, event.type, event.value,
                   event.recorded_at
            from edition
            join event using (topic, partition, "offset")
            where edition.kind = 3 and edition.status = 'standing'
                  and edition.conflict = ? and edition.exchange = any (?)
                  and (?::date is null or edition.valid_on <= ?)
            """;
    private static final String OLDEST_FIRST =
            """
            order by edition.valid_on, event.recorded_at, event.topic, event.partition,
                     event."offset"
            """;

    private static final String EDITIONS =
            """
            select exchange, from_party, to_party, category, known_from, known_to, best, unstated
            from entry
            where conflict = ? and exchange = any (?)
                  and (?::timestamptz is null or known_from <= ?)
            """;

    private final Reader reader;
    private final Entries entries;

    Discrepancies(Reader reader, Entries entries) {
        this.reader = reader;
        this.entries = entries;
    }

    /// A page of them: one more than it wants, if there are.
    List<DiscrepancyView> page(String conflict, @Nullable String party, Moment moment, Page page) {
        var found = new Found(Key.of(page), page.limit() + 1);
        LocalDate asOf = moment.asOf();
        if (asOf == null) {
            readUntilCertain(found, conflict, party, moment);
        } else {
            readAll(found, conflict, party, moment, asOf);
        }
        return List.copyOf(found.items.values());
    }

    private void readUntilCertain(
            Found found, String conflict, @Nullable String party, Moment moment) {
        List<EntryView> read = List.of();
        do {
            EntryView last = read.isEmpty() ? null : read.getLast();
            read = inDoubt(conflict, party, moment, last);
            disputed(conflict, read, moment).forEach(found::add);
        } while (read.size() == READ_TOGETHER && !found.isFull(uncertainty(read.getLast())));
    }

    private void readAll(
            Found found, String conflict, @Nullable String party, Moment moment, LocalDate asOf) {
        for (List<String> exchanges : claimedAbout(conflict)) {
            List<EntryView> read = entries(conflict, party, moment, exchanges, asOf);
            disputed(conflict, read, moment).forEach(found::add);
        }
    }

    /// How the figures of each claimant fared, by name.
    List<Tally> tallies(String conflict, Moment moment) {
        var tallies = new TreeMap<String, Tally>();
        for (List<String> exchanges : claimedAbout(conflict)) {
            List<EntryView> read = entries(conflict, null, moment, exchanges, moment.asOf());
            Map<Transfer, List<Saying<ClaimView>>> sayings = sayings(conflict, read, moment);
            Map<Transfer, Editions> editions = editions(conflict, read, moment);
            read.forEach(
                    entry ->
                            Tally.of(
                                            stated(entry),
                                            editions.getOrDefault(
                                                    Transfer.of(entry), Editions.NONE),
                                            Set.copyOf(entry.statedBy()),
                                            sayings.getOrDefault(Transfer.of(entry), List.of()))
                                    .forEach(it -> tallies.merge(it.claimant(), it, Tally::plus)));
        }
        return List.copyOf(tallies.values());
    }

    /// The first of those that follow a key: no more than are wanted.
    private static final class Found {
        private final SortedMap<Key, DiscrepancyView> items = new TreeMap<>();
        private final @Nullable Key after;
        private final int wanted;

        Found(@Nullable Key after, int wanted) {
            this.after = after;
            this.wanted = wanted;
        }

        void add(DiscrepancyView item) {
            Key key = Key.of(item);
            if (after == null || key.compareTo(after) > 0) {
                items.put(key, item);
                if (items.size() > wanted) {
                    items.remove(items.lastKey());
                }
            }
        }

        /// Whether nothing that is so uncertain, or less, can come among them.
        boolean isFull(int uncertainty) {
            return items.size() == wanted && items.lastKey().spread > uncertainty;
        }
    }

    private static int uncertainty(EntryView entry) {
        return (int) (entry.figure().high() - entry.figure().low());
    }

    /// What names an item's place in such a page.
    static List<String> key(DiscrepancyView item) {
        Key key = Key.of(item);
        return List.of(
                String.valueOf(key.spread),
                key.day.toString(),
                key.exchange,
                key.from,
                key.to,
                String.valueOf(key.category));
    }

    private record Key(
            int spread, LocalDate day, String exchange, String from, String to, int category)
            implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::spread, Comparator.reverseOrder())
                        .thenComparing(Key::day)
                        .thenComparing(Key::exchange)
                        .thenComparing(Key::from)
                        .thenComparing(Key::to)
                        .thenComparing(Key::category);

        static Key of(DiscrepancyView item) {
            return new Key(
                    item.spread(),
                    item.entry().validOn(),
                    item.exchange(),
                    item.from(),
                    item.to(),
                    item.category().ordinal());
        }

        static @Nullable Key of(Page page) {
            List<String> parts = page.after(KEY_PARTS);
            if (parts == null) {
                return null;
            }
            try {
                return new Key(
                        Integer.parseInt(parts.get(0)),
                        Objects.requireNonNull(Moment.day("cursor", parts.get(1))),
                        parts.get(2),
                        parts.get(3),
                        parts.get(4),
                        Integer.parseInt(parts.get(5)));
            } catch (NumberFormatException notOurs) {
                throw Page.notOurs();
            }
        }

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    private List<EntryView> inDoubt(
            String conflict, @Nullable String party, Moment moment, @Nullable EntryView after) {
        var parameters = new ArrayList<@Nullable Object>();
        Collections.addAll(parameters, conflict, party, party, party);
        if (after == null) {
            Collections.addAll(parameters, null, null, null, null, null, null, null);
        } else {
            Collections.addAll(
                    parameters,
                    -uncertainty(after),
                    -uncertainty(after),
                    after.validOn(),
                    after.exchange(),
                    after.from(),
                    after.to(),
                    after.category().ordinal());
        }
        String known = known(moment, parameters);
        parameters.add(READ_TOGETHER);
        return reader.list(
                ENTRIES + IN_DOUBT + known + MOST_UNCERTAIN_FIRST,
                entries::view,
                parameters.toArray());
    }

    /// The exchanges that claims are or were about, some at a time.
    private List<List<String>> claimedAbout(String conflict) {
        return reader.list(CLAIMED_ABOUT, row -> row.getString("exchange"), conflict).stream()
                .gather(Gatherers.windowFixed(READ_TOGETHER))
                .toList();
    }

    private List<EntryView> entries(
            String conflict,
            @Nullable String party,
            Moment moment,
            List<String> exchanges,
            @Nullable LocalDate asOf) {
        var parameters = new ArrayList<@Nullable Object>();
        Collections.addAll(
                parameters,
                conflict,
                party,
                party,
                party,
                exchanges.toArray(String[]::new),
                asOf,
                asOf);
        String known = known(moment, parameters);
        return reader.list(ENTRIES + OF_EXCHANGES + known, entries::view, parameters.toArray());
    }

    /// Two questions, so that the first can go by the index of what is in doubt now.
    private static String known(Moment moment, List<@Nullable Object> parameters) {
        OffsetDateTime at = moment.knownAtUtc();
        if (at == null) {
            return NOW;
        }
        Collections.addAll(parameters, at, at);
        return THEN;
    }

    private List<DiscrepancyView> disputed(String conflict, List<EntryView> read, Moment moment) {
        Map<Transfer, List<Saying<ClaimView>>> sayings = sayings(conflict, read, moment);
        Map<Transfer, Editions> editions = editions(conflict, read, moment);
        return read.stream()
                .flatMap(
                        entry ->
                                disputed(
                                        entry,
                                        editions.getOrDefault(Transfer.of(entry), Editions.NONE),
                                        sayings.getOrDefault(Transfer.of(entry), List.of()))
                                        .stream())
                .toList();
    }

    private static Quantity stated(EntryView entry) {
        return new Quantity(
                entry.count(), entry.countStatus(), entry.qualifier(), entry.low(), entry.high());
    }

    private static Optional<DiscrepancyView> disputed(
            EntryView entry, Editions editions, List<Saying<ClaimView>> sayings) {
        Quantity stated = stated(entry);
        return Dispute.among(stated, sayings)
                .map(
                        dispute ->
                                new DiscrepancyView(
                                        entry.exchange(),
                                        entry.occurredOn(),
                                        entry.from(),
                                        entry.to(),
                                        entry.category(),
                                        LedgerView.of(entry),
                                        dispute.claims(),
                                        dispute.spread(),
                                        dispute.since(),
                                        Move.among(editions, sayings),
                                        entry));
    }

    private record Transfer(String exchange, Direction direction) {
        static Transfer of(EntryView entry) {
            return new Transfer(
                    entry.exchange(), new Direction(entry.from(), entry.to(), entry.category()));
        }
    }

    private record Heard(Transfer of, Saying<ClaimView> saying) {}

    /// What is said of those transfers, by the day it was stated, then by the log.
    private Map<Transfer, List<Saying<ClaimView>>> sayings(
            String conflict, List<EntryView> read, Moment moment) {
        String[] exchanges =
                read.stream().map(EntryView::exchange).distinct().toArray(String[]::new);
        LocalDate asOf = moment.asOf();
        var parameters = new ArrayList<@Nullable Object>();
        Collections.addAll(parameters, conflict, exchanges, asOf, asOf);
        String known = known(moment, parameters);
        return reader
                .list(CLAIMS + known + OLDEST_FIRST, Discrepancies::heard, parameters.toArray())
                .stream()
                .flatMap(Optional::stream)
                .collect(
                        Collectors.groupingBy(
                                Heard::of, Collectors.mapping(Heard::saying, Collectors.toList())));
    }

    /// What the ledger has held of those transfers, by that moment.
    private Map<Transfer, Editions> editions(String conflict, List<EntryView> read, Moment moment) {
        record Held(Transfer of, Edition edition) {}

        String[] exchanges =
                read.stream().map(EntryView::exchange).distinct().toArray(String[]::new);
        OffsetDateTime at = moment.knownAtUtc();
        return reader
                .list(
                        EDITIONS,
                        row -> new Held(transfer(row), edition(row)),
                        conflict,
                        exchanges,
                        at,
                        at)
                .stream()
                .collect(
                        Collectors.groupingBy(
                                Held::of,
                                Collectors.collectingAndThen(
                                        Collectors.mapping(Held::edition, Collectors.toList()),
                                        Editions::new)));
    }

    private static Transfer transfer(ResultSet row) throws SQLException {
        return new Transfer(
                row.getString("exchange"),
                new Direction(
                        row.getString("from_party"),
                        row.getString("to_party"),
                        Category.values()[row.getInt("category")]));
    }

    private static Edition edition(ResultSet row) throws SQLException {
        return new Edition(
                Objects.requireNonNull(Reader.instant(row, "known_from")),
                Reader.instant(row, "known_to"),
                row.getInt("unstated") > 0 ? null : row.getInt("best"));
    }

    /// What a claim says of a transfer, if it is a count at all.
    private static Optional<Heard> heard(ResultSet row) throws SQLException {
        String type = row.getString("type");
        Claim claim = Statements.stated(Claim.class, type, row.getBytes("value"));
        if (!(claim.assertion() instanceof Count count)) {
            return Optional.empty();
        }
        Quantity quantity = count.quantity();
        var view =
                new ClaimView(
                        row.getString("subject"),
                        claim.claimant(),
                        claim.statedOn(),
                        quantity.count(),
                        quantity.status(),
                        quantity.qualifier(),
                        quantity.low(),
                        quantity.high(),
                        new StatedIn(
                                row.getString("id"),
                                row.getString("source"),
                                type,
                                Topic.CLAIM_EVENTS.wire(),
                                row.getInt("partition"),
                                row.getLong("offset")));
        return Optional.of(
                new Heard(
                        new Transfer(row.getString("exchange"), count.direction()),
                        new Saying<>(
                                claim.claimant().name(),
                                claim.claimant().party(),
                                row.getObject("valid_on", LocalDate.class),
                                Objects.requireNonNull(Reader.instant(row, "recorded_at")),
                                quantity,
                                view)));
    }
}
