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
/// reads of a case it may write without a further thought.
@ApplicationScoped
public class Books {
    private static final String TAKE_THE_PEN =
            """
            select pg_advisory_xact_lock(hashtext(current_schema()))
            """;
    private static final String TELL =
            """
            select pg_notify('parley_position', '')
            """;

    private final DataSource writer;

    Books(@io.quarkus.agroal.DataSource("books") DataSource writer) {
        this.writer = writer;
    }

    /// Takes what was read off the log into the books: all of it, or nothing.
    ///
    /// @throws FencedException where they do not stand where this was read from
    /// @throws SQLException where PostgreSQL cannot take it now: apply it again
    public Taken apply(List<LogSlice> slices) throws SQLException {
        try (Connection connection = writer.getConnection()) {
            connection.setAutoCommit(false);
            try {
                execute(connection, TAKE_THE_PEN);
                Taken taken = Batch.write(connection, slices);
                execute(connection, TELL);
                connection.commit();
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

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
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
