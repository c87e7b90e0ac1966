package parley.ledger.books;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import parley.contract.LogPosition;

/// The ledger's books in PostgreSQL.
///
/// They have one pen: transactions that write take turns, on however many replicas. So what one
/// reads of a case it may write without a further thought, and remember until another has had the
/// pen.
@ApplicationScoped
public class Books {
    private static final String TAKE_THE_PEN =
            """
            update pen set turn = turn + 1 returning turn
            """;
    private static final String TELL =
            """
            select pg_notify('parley_position', '')
            """;

    private final DataSource writer;
    private final CaseCache cache = new CaseCache();
    private long turnTaken;

    Books(@io.quarkus.agroal.DataSource("books") DataSource writer) {
        this.writer = writer;
    }

    /// Takes what was read off the log into the books: all of it, or nothing.
    ///
    /// @throws FencedException where they do not stand where this was read from
    /// @throws SQLException where PostgreSQL cannot take it now: apply it again
    public synchronized Taken apply(List<LogSlice> slices) throws SQLException {
        try (Connection connection = writer.getConnection()) {
            connection.setAutoCommit(false);
            try {
                long turn = takeThePen(connection);
                if (turn != turnTaken + 1) {
                    cache.clear(); // Somebody else has written meanwhile.
                }
                var batch = new Batch(connection, cache);
                Taken taken = batch.write(slices);
                tell(connection);
                connection.commit();
                batch.remember();
                turnTaken = turn;
                return taken;
            } catch (SQLException | RuntimeException failure) {
                rollback(connection, failure);
                throw failure;
            }
        }
    }

    /// Where the books stand: what comes next must be read from here.
    public LogPosition position() throws SQLException {
        try (Connection connection = writer.getConnection()) {
            return PositionTable.read(connection).position();
        }
    }

    private static long takeThePen(Connection connection) throws SQLException {
        try (var take = connection.prepareStatement(TAKE_THE_PEN);
                var turn = take.executeQuery()) {
            turn.next();
            return turn.getLong(1);
        }
    }

    private static void tell(Connection connection) throws SQLException {
        try (var tell = connection.prepareStatement(TELL)) {
            tell.execute();
        }
    }

    private static void rollback(Connection connection, Exception failure) {
        try {
            connection.rollback();
        } catch (SQLException second) {
            failure.addSuppressed(second);
        }
    }
}
