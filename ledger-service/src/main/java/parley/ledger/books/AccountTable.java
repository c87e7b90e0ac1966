package parley.ledger.books;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import parley.contract.Category;
import parley.contract.Direction;
import parley.ledger.fold.Entry;
import parley.ledger.fold.Figure;
import parley.ledger.fold.Known;

/// The current totals of each party, in double entry: what one hands over, another receives.
final class AccountTable {
    private static final String POST =
            """
            merge into account as kept
            using unnest(?::text[], ?::text[], ?::int[], ?::int[], ?::bigint[], ?::bigint[],
                         ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
                  as posting (conflict, party, direction, category, transfers, best, low, high,
                              disputed, unstated)
            on kept.conflict = posting.conflict and kept.party = posting.party
               and kept.direction = posting.direction and kept.category = posting.category
            when matched then update
            set transfers = kept.transfers + posting.transfers,
                best = kept.best + posting.best,
                low = kept.low + posting.low,
                high = kept.high + posting.high,
                disputed = kept.disputed + posting.disputed,
                unstated = kept.unstated + posting.unstated
            when not matched then insert
            values (posting.conflict, posting.party, posting.direction, posting.category,
                    posting.transfers, posting.best, posting.low, posting.high, posting.disputed,
                    posting.unstated)
            """;
    private static final String COUNT =
            """
            merge into activity as kept
            using unnest(?::text[], ?::text[], ?::bigint[])
                  as counted (conflict, party, exchanges)
            on kept.conflict = counted.conflict and kept.party = counted.party
            when matched then update
            set exchanges = kept.exchanges + counted.exchanges
            when not matched then insert
            values (counted.conflict, counted.party, counted.exchanges)
            """;

    private final Map<Account, Posting> postings = new HashMap<>();
    private final Map<Participant, Long> exchanges = new HashMap<>();

    private record Account(String conflict, String party, int direction, Category category) {
        static final Comparator<Account> ORDER =
                Comparator.comparing(Account::conflict)
                        .thenComparing(Account::party)
                        .thenComparing(Account::direction)
                        .thenComparing(Account::category);
    }

    private record Posting(long transfers, Figure figure) {
        Posting plus(Posting other) {
            return new Posting(transfers + other.transfers, figure.plus(other.figure));
        }
    }

    private record Participant(String conflict, String party) {
        static final Comparator<Participant> ORDER =
                Comparator.comparing(Participant::conflict).thenComparing(Participant::party);
    }

    private record Part(Participant participant, String exchange) {}

    /// Posts what a case amounts to now, and takes back what it amounted to before.
    void post(List<Known<Entry>> before, List<Known<Entry>> after) {
        count(before, -1);
        count(after, 1);
    }

    void post(AccountTable other) {
        other.postings.forEach(
                (account, posting) -> postings.merge(account, posting, Posting::plus));
        other.exchanges.forEach((part, count) -> exchanges.merge(part, count, Long::sum));
    }

    private void count(List<Known<Entry>> lines, int sign) {
        Set<Part> parts = new HashSet<>();
        for (Known<Entry> line : lines) {
            if (line.isCurrent()) {
                Entry entry = line.value();
                Direction direction = entry.direction();
                post(entry, direction.from(), 1, sign);
                post(entry, direction.to(), 0, sign);
                parts.add(new Part(participant(entry, direction.from()), entry.exchange()));
                parts.add(new Part(participant(entry, direction.to()), entry.exchange()));
            }
        }
        for (Part part : parts) {
            exchanges.merge(part.participant, (long) sign, Long::sum);
        }
    }

    private static Participant participant(Entry entry, String party) {
        return new Participant(entry.conflict(), party);
    }

    private void post(Entry entry, String party, int direction, int sign) {
        Figure figure = sign > 0 ? entry.figure() : Figure.NONE.minus(entry.figure());
        postings.merge(
                new Account(entry.conflict(), party, direction, entry.direction().category()),
                new Posting(sign, figure),
                Posting::plus);
    }

    /// Moves the totals.
    void save(Connection connection) throws SQLException {
        postings.values().removeIf(it -> it.transfers == 0 && it.figure.equals(Figure.NONE));
        List<Account> accounts = postings.keySet().stream().sorted(Account.ORDER).toList();
        if (!accounts.isEmpty()) {
            try (var post = new ArrayStatement<>(connection, POST, accounts)) {
                post.array(1, "text", Account::conflict);
                post.array(2, "text", Account::party);
                post.array(3, "int4", Account::direction);
                post.array(4, "int4", it -> it.category().ordinal());
                post.array(5, "int8", of(Posting::transfers));
                post.array(6, "int8", of(it -> it.figure().best()));
                post.array(7, "int8", of(it -> it.figure().low()));
                post.array(8, "int8", of(it -> it.figure().high()));
                post.array(9, "int8", of(it -> it.figure().disputed()));
                post.array(10, "int8", of(it -> it.figure().unstated()));
                post.executeUpdate();
            }
        }
        exchanges.values().removeIf(it -> it == 0);
        List<Participant> participants =
                exchanges.keySet().stream().sorted(Participant.ORDER).toList();
        if (!participants.isEmpty()) {
            try (var count = new ArrayStatement<>(connection, COUNT, participants)) {
                count.array(1, "text", Participant::conflict);
                count.array(2, "text", Participant::party);
                count.array(3, "int8", exchanges::get);
                count.executeUpdate();
            }
        }
    }

    private Function<Account, @Nullable Object> of(Function<Posting, Long> number) {
        return account -> number.apply(Objects.requireNonNull(postings.get(account)));
    }
}
