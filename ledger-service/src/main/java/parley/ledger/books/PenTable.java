package parley.ledger.books;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Whose turn it is to write, and which cases were written in the last turns.
final class PenTable {
    /// Whoever was away for longer remembers nothing.
    private static final int TURNS_KEPT = 100;

    /// Books that were begun by a release before have none. As in db/books.sql.
    private static final String CREATE =
            """
            create table if not exists turn (
                turn  bigint primary key,
                token uuid   not null,
                cases text[]
            )
            """;
    private static final String TAKE =
            """
            update pen set turn = turn + 1 returning turn
            """;
    private static final String WRITTEN =
            """
            select token, cases from turn where turn >= ? and turn < ? order by turn
            """;
    private static final String TELL =
            """
            with added as (insert into turn (turn, token, cases) values (?, ?, ?)),
                 forgotten as (delete from turn where turn <= ?)
            select pg_notify('parley_position', '')
            """;

    private final Connection connection;
    private final @Nullable Turn before;
    private final long number;

    private PenTable(Connection connection, @Nullable Turn before, long number) {
        this.connection = connection;
        this.before = before;
        this.number = number;
    }

    /// A turn that was taken.
    ///
    /// @param token a database that has lost the last turns gives their numbers again
    record Turn(long number, UUID token) {}

    /// Waits until nobody else writes; until the end of the transaction nobody will.
    ///
    /// @param before the last turn of whoever takes the pen
    static PenTable take(Connection connection, @Nullable Turn before) throws SQLException {
        try (var take = connection.prepareStatement(TAKE);
                var rows = take.executeQuery()) {
            rows.next();
            return new PenTable(connection, before, rows.getLong(1));
        }
    }

    /// The cases that others have written since the turn before; empty where it may be any.
    Optional<Set<String>> writtenByOthers() throws SQLException {
        if (before == null) {
            return Optional.empty();
        }
        try (var select = connection.prepareStatement(WRITTEN)) {
            select.setLong(1, before.number);
            select.setLong(2, number);
            try (var rows = select.executeQuery()) {
                boolean isKept = rows.next() && before.token.equals(rows.getObject(1, UUID.class));
                return isKept ? written(rows, number - before.number - 1) : Optional.empty();
            }
        }
    }

    private static Optional<Set<String>> written(ResultSet rows, long turns) throws SQLException {
        var written = new TreeSet<String>();
        long told = 0;
        for (; rows.next(); told++) {
            Array cases = rows.getArray(2);
            if (cases == null) {
                return Optional.empty();
            }
            written.addAll(Set.of((String[]) cases.getArray()));
        }
        return told == turns ? Optional.of(written) : Optional.empty();
    }

    /// Tells those whose turn comes next and, once it is committed, all who watch the position.
    ///
    /// @param cases those that were written; null where it may be any, and definitions with them
    /// @return this turn, once it is committed
    Turn tell(@Nullable Collection<String> cases) throws SQLException {
        var turn = new Turn(number, UUID.randomUUID());
        if (before == null) {
            try (var create = connection.createStatement()) {
                create.execute(CREATE);
            }
        }
        try (var tell = connection.prepareStatement(TELL)) {
            tell.setLong(1, number);
            tell.setObject(2, turn.token);
            tell.setArray(
                    3, cases == null ? null : connection.createArrayOf("text", cases.toArray()));
            tell.setLong(4, number - TURNS_KEPT);
            tell.execute();
        }
        return turn;
    }
}
