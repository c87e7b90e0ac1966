package parley.ledger.books;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Whose turn it is to write, and which cases the last who had one have written.
final class PenTable {
    /// Whoever was away for longer remembers nothing.
    private static final int TURNS_KEPT = 100;

    private static final String TAKE =
            """
            update pen set turn = turn + 1 returning turn
            """;
    private static final String WRITTEN =
            """
            select cases from turn where turn > ? and turn < ?
            """;
    private static final String ADD =
            """
            insert into turn (turn, cases) values (?, ?)
            """;
    private static final String DELETE =
            """
            delete from turn where turn <= ?
            """;

    private final Connection connection;
    private final long turn;

    private PenTable(Connection connection, long turn) {
        this.connection = connection;
        this.turn = turn;
    }

    /// Waits until nobody else writes; until the end of the transaction nobody will.
    static PenTable take(Connection connection) throws SQLException {
        try (var take = connection.prepareStatement(TAKE);
                var rows = take.executeQuery()) {
            rows.next();
            return new PenTable(connection, rows.getLong(1));
        }
    }

    long turn() {
        return turn;
    }

    /// The cases that others have written since that turn; empty where it may be any.
    Optional<Set<String>> writtenSince(long before) throws SQLException {
        var written = new TreeSet<String>();
        long missing = turn - before - 1;
        if (missing == 0 || missing > TURNS_KEPT) {
            return missing == 0 ? Optional.of(written) : Optional.empty();
        }
        try (var select = connection.prepareStatement(WRITTEN)) {
            select.setLong(1, before);
            select.setLong(2, turn);
            try (var rows = select.executeQuery()) {
                for (; rows.next(); missing--) {
                    Array cases = rows.getArray(1);
                    if (cases == null) {
                        return Optional.empty();
                    }
                    written.addAll(Set.of((String[]) cases.getArray()));
                }
            }
        }
        return missing == 0 ? Optional.of(written) : Optional.empty();
    }

    /// Tells those whose turn comes next.
    ///
    /// @param cases those that somebody may remember; null where it may be any
    void tell(@Nullable Collection<String> cases) throws SQLException {
        try (var add = connection.prepareStatement(ADD);
                var delete = connection.prepareStatement(DELETE)) {
            add.setLong(1, turn);
            add.setArray(
                    2, cases == null ? null : connection.createArrayOf("text", cases.toArray()));
            add.executeUpdate();
            delete.setLong(1, turn - TURNS_KEPT);
            delete.executeUpdate();
        }
    }
}
