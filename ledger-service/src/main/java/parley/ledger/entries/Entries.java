package parley.ledger.entries;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
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
import parley.ledger.views.Reader;

/// The entries, newest first, by the day they took place.
@ApplicationScoped
public class Entries {
    private static final String PAGE =
            """
            select entry.*, event.id, event.source, event.type, event.value
            from entry
            join event on event.topic = 1 and event.partition = entry.partition
                          and event."offset" = entry."offset"
            where conflict = ?
                  and (?::timestamptz is null and known_to is null
                       or known_from <= ? and (known_to is null or known_to > ?))
                  and (?::date is null or valid_on <= ?)
                  and (?::date is null or valid_on <= ?)
                  and (?::date is null or valid_on >= ?)
                  and (?::text is null or exchange = ?)
                  and (?::text is null or agreement = ?)
                  and (?::int is null or category = ?)
                  and (?::text is null or to_party = ?)
                  and (?::text is null or from_party = ?)
                  and (?::text is null or from_party = ? or to_party = ?)
                  and (?::date is null or valid_on < ?
                       or valid_on = ? and (exchange, from_party, to_party, category)
                                           > (?, ?, ?, ?::int))
            order by valid_on desc, exchange, from_party, to_party, category
            limit ?
            """;

    private final Reader reader;
    private final Statements statements;

    Entries(Reader reader, Statements statements) {
        this.reader = reader;
        this.statements = statements;
    }

    /// A page of a conflict's entries: one more than it wants, if there are.
    List<EntryView> page(String conflict, EntryFilter filter, Moment moment, Page page) {
        OffsetDateTime at = moment.knownAtUtc();
        LocalDate asOf = moment.asOf();
        LocalDate until = filter.until();
        LocalDate since = filter.since();
        Integer category = filter.category();
        List<String> after = page.after(5);
        LocalDate day = after == null ? null : Moment.day("cursor", after.getFirst());
        return reader.list(
                PAGE,
                this::view,
                conflict,
                at,
                at,
                at,
                asOf,
                asOf,
                until,
                until,
                since,
                since,
                filter.exchange,
                filter.exchange,
                filter.agreement,
                filter.agreement,
                category,
                category,
                filter.receiver(),
                filter.receiver(),
                filter.giver(),
                filter.giver(),
                filter.either(),
                filter.either(),
                filter.either(),
                day,
                day,
                day,
                part(after, 1),
                part(after, 2),
                part(after, 3),
                after == null ? null : place(after.get(4)),
                page.limit() + 1);
    }

    private static @Nullable String part(@Nullable List<String> key, int index) {
        return key == null ? null : key.get(index);
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
