package parley.ledger.books;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import parley.contract.LogPosition;

/// The books of one generation, in PostgreSQL.
///
/// They have one pen: transactions that write take turns, on however many replicas. So what one
/// reads of a case it may write without a further thought, and remember until another writes it.
public final class Books {
    /// Of half the size there are twice as many cases, where few are spoken of by many: those with
    /// fewer events would push out the others.
    private static final int CASE_EVENTS_MIN = 16;

    private static final Logger LOG = Logger.getLogger(Books.class);

    /// Classes of SQL states that speak of what was sent: data, integrity, the limits of a row. Any
    /// other may be so for every record, as on a disk that takes no more: rejecting one helps none.
    private static final Set<String> OF_WHAT_WAS_SENT = Set.of("22", "23", "54");

    private final DataSource writer;
    private final CaseCache cache;
    private final @Nullable String schema;
    private PenTable.@Nullable Turn turn;

    Books(DataSource writer, @Nullable String schema) {
        this(writer, schema, new CaseCache(CASE_EVENTS_MIN));
    }

    /// @param schema null: the one that the connections' search path names
    Books(DataSource writer, @Nullable String schema, CaseCache cache) {
        this.writer = writer;
        this.schema = schema;
        this.cache = cache;
    }

    /// Takes what was read off the log into the books.
    ///
    /// A record that they cannot take, through the sender's fault or ours, must hold up none behind
    /// it: what was read is halved until it stands alone, and then it is kept as a rejection.
    ///
    /// @throws FencedException where they do not stand where this was read from
    /// @throws SQLException where PostgreSQL cannot take it now: apply it again
    public synchronized void apply(List<LogSlice> slices, Consumer<Taken> told)
            throws SQLException {
        try {
            told.accept(transaction(slices));
        } catch (SQLException | RuntimeException failure) {
            int records = slices.stream().mapToInt(slice -> slice.records().size()).sum();
            if (records == 0 || !isOfWhatWasSent(failure)) {
                throw failure;
            }
            if (records == 1) {
                logUntaken(slices, failure);
                told.accept(transaction(refused(slices, failure)));
                return;
            }
            for (List<LogSlice> half : halves(slices)) {
                apply(half, told);
            }
        }
    }

    private static void logUntaken(List<LogSlice> slices, Exception failure) {
        for (LogSlice slice : slices) {
            for (LogRecord record : slice.records()) { // There is one, in one of them.
                try (EventFields _ = new EventFields(record)) {
                    LOG.error("A record cannot be taken, and is rejected", failure);
                }
            }
        }
    }

    private static boolean isOfWhatWasSent(Exception failure) {
        if (failure instanceof SQLException sql) {
            String state = sql.getSQLState();
            return state != null && OF_WHAT_WAS_SENT.stream().anyMatch(state::startsWith);
        }
        return !(failure instanceof FencedException);
    }

    private static List<List<LogSlice>> halves(List<LogSlice> slices) {
        if (slices.size() == 1) {
            return slices.getFirst().halves().stream().map(List::of).toList();
        }
        int middle = slices.size() / 2;
        return List.of(slices.subList(0, middle), slices.subList(middle, slices.size()));
    }

    private static List<LogSlice> refused(List<LogSlice> slices, Exception failure) {
        String reason = "The ledger could not take it, which is our fault: " + failure;
        return slices.stream()
                .map(
                        slice ->
                                new LogSlice(
                                        slice.topic(),
                                        slice.partition(),
                                        slice.from(),
                                        slice.to(),
                                        slice.records().stream()
                                                .map(record -> record.refused(reason))
                                                .toList()))
                .toList();
    }

    /// All of it, or nothing.
    private Taken transaction(List<LogSlice> slices) throws SQLException {
        try (Connection connection = open()) {
            connection.setAutoCommit(false);
            try {
                PenTable pen = PenTable.take(connection, turn);
                pen.writtenByOthers().ifPresentOrElse(cache::forget, cache::clear);
                var batch = new Batch(connection, cache);
                Taken taken = batch.write(slices);
                PenTable.Turn mine = pen.tell(batch.touched());
                connection.commit();
                batch.remember();
                batch.logRejected();
                turn = mine;
                return taken;
            } catch (Throwable failure) { // An error too: closing alone may commit.
                rollback(connection, failure);
                cache.clear(); // What it remembers has been taken further than the books.
                throw failure;
            }
        }
    }

    /// Where the books stand: what comes next must be read from here.
    public LogPosition position() throws SQLException {
        try (Connection connection = open()) {
            return PositionTable.read(connection).position();
        }
    }

    private Connection open() throws SQLException {
        Connection connection = writer.getConnection();
        if (schema != null) {
            Generation.enter(connection, schema);
        }
        return connection;
    }

    static void rollback(Connection connection, Throwable failure) {
        try {
            connection.rollback();
        } catch (SQLException second) {
            failure.addSuppressed(second);
        }
    }
}
