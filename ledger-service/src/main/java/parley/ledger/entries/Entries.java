package parley.ledger.entries;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import parley.contract.Category;
import parley.contract.Exchange;
import parley.contract.Quantity;
import parley.contract.Topic;
import parley.contract.Transfer;
import parley.ledger.entries.EntryView.StatedIn;
import parley.ledger.fold.Figure;
import parley.ledger.fold.Kind;
import parley.ledger.statements.Statements;
import parley.ledger.views.Moment;
import parley.ledger.views.Page;
import parley.ledger.views.Query;
import parley.ledger.views.Reader;

/// The entries, newest first, by the day they took place.
@ApplicationScoped
public class Entries {
    private static final String NEWEST_FIRST =
            """
            order by valid_on desc, exchange desc, from_party desc, to_party desc, category desc
            """;

    /// The lines are found first, by an index alone; then their events.
    private static final String PAGE =
            """
            select entry.*, event.id, event.source, event.type, event.value
            from (select * from entry
            """;
    private static final String THEIR_EVENTS =
            """
            ) entry
            join event on event.topic = 1 and event.partition = entry.partition
                          and event."offset" = entry."offset"
            """;

    private final Reader reader;
    private final Statements statements;

    Entries(Reader reader, Statements statements) {
        this.reader = reader;
        this.statements = statements;
    }

    /// A page of a conflict's entries: one more than it wants, if there are.
    List<EntryView> page(String conflict, EntryFilter filter, Moment moment, Page page) {
        return reader.list(
                page(conflict, filter, moment, page.after(5), page.limit() + 1), this::view);
    }

    /// How PostgreSQL is asked for a page.
    ///
    /// @param after the key of the last entry of the page before, or null
    static Query page(
            String conflict,
            EntryFilter filter,
            Moment moment,
            @Nullable List<String> after,
            int limit) {
        LocalDate last = Moment.earlier(moment.asOf(), filter.until());
        LocalDate day = after == null ? null : Moment.day("cursor", after.getFirst());
        // Of two ends PostgreSQL might begin at the later one.
        boolean isBeforeLast = day != null && (last == null || !day.isAfter(last));
        Query query =
                new Query(PAGE)
                        .where("conflict = ?", conflict)
                        .whereKnown(moment)
                        .whereGiven("valid_on <= ?", isBeforeLast ? null : last)
                        .whereGiven("valid_on >= ?", filter.since())
                        .whereGiven("exchange = ?", filter.exchange)
                        .whereGiven("agreement = ?", filter.agreement)
                        .whereGiven("category = ?", filter.category())
                        .whereGiven("to_party = ?", filter.receiver())
                        .whereGiven("from_party = ?", filter.giver())
                        .whereGiven("from_party = ? or to_party = ?", filter.either());
        if (after != null) {
            query.where(
                    "(valid_on, exchange, from_party, to_party, category) < (?, ?, ?, ?, ?)",
                    day,
                    after.get(1),
                    after.get(2),
                    after.get(3),
                    place(after.get(4)));
        }
        return query.then(NEWEST_FIRST + "limit ?", limit).then(THEIR_EVENTS + NEWEST_FIRST);
    }

    private static int place(String category) {
        try {
            return Integer.parseInt(category);
        } catch (NumberFormatException notOurs) {
            throw Page.notOurs();
        }
    }

    /// An entry with the event that states it, both as they stand in the books.
    public EntryView view(ResultSet row) throws SQLException {
        String type = row.getString("type");
        byte[] value = row.getBytes("value");
        Exchange exchange = Statements.stated(Exchange.class, type, value);
        Transfer transfer = exchange.transfers().get(row.getInt("leg"));
        Quantity quantity = transfer.quantity();
        JsonNode said = Objects.requireNonNull(statements.statement(Kind.EXCHANGE, type, value));
        int partition = row.getInt("partition");
        long offset = row.getLong("offset");
        return new EntryView(
                partition + "-" + offset + "-" + row.getInt("leg"),
                row.getString("exchange"),
                said.get("occurredOn"),
                transfer.from(),
                transfer.to(),
                Category.values()[row.getInt("category")],
                quantity.count(),
                quantity.status(),
                quantity.qualifier(),
                quantity.low(),
                quantity.high(),
                transfer.statedBy(),
                transfer.detail(),
                row.getString("agreement"),
                figure(row),
                Objects.requireNonNull(Reader.instant(row, "known_from")),
                null,
                new StatedIn(
                        row.getString("id"),
                        row.getString("source"),
                        type,
                        Topic.EXCHANGE_EVENTS.wire(),
                        partition,
                        offset),
                said.get("sources"),
                row.getObject("valid_on", LocalDate.class));
    }

    private static Figure figure(ResultSet row) throws SQLException {
        return new Figure(
                row.getLong("best"),
                row.getLong("low"),
                row.getLong("high"),
                row.getLong("disputed"),
                row.getLong("unstated"));
    }
}
