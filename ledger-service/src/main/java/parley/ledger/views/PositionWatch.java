package parley.ledger.views;

import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.postgresql.PGConnection;
import parley.contract.LogPosition;
import parley.contract.Topic;

/// Knows where the books stand, whichever replica wrote them: the transaction that moves the
/// position says so by `NOTIFY`.
@ApplicationScoped
public class PositionWatch {
    private static final Logger LOG = Logger.getLogger(PositionWatch.class);
    private static final String READ =
            """
            select topic, partition, next_offset from log_position
            """;
    private static final int NOTICE_MILLIS_MAX = 1_000;
    private static final int REST_MILLIS = 1_000;

    private final javax.sql.DataSource books;
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "position-watch");
    private volatile LogPosition position = LogPosition.START;

    PositionWatch(@DataSource("books") javax.sql.DataSource books) {
        this.books = books;
    }

    private record Waiting(LogPosition wanted, CompletableFuture<Boolean> reached) {}

    void start(@Observes StartupEvent started) {
        thread.start();
    }

    void stop(@Observes ShutdownEvent stopped) {
        stopping.countDown();
    }

    /// Where the books stand.
    public LogPosition position() {
        return position;
    }

    /// Tells, once the books stand there or further, true; false after that long.
    public Uni<Boolean> reached(LogPosition wanted, Duration patience) {
        if (position.covers(wanted)) {
            return Uni.createFrom().item(true);
        }
        var one = new Waiting(wanted, new CompletableFuture<>());
        waiting.add(one);
        tell(); // The books may have moved since they were asked.
        return Uni.createFrom()
                .completionStage(one.reached)
                .ifNoItem()
                .after(patience)
                .recoverWithItem(false)
                .onTermination()
                .invoke(() -> waiting.remove(one));
    }

    private void run() {
        while (stopping.getCount() > 0) {
            try (Connection connection = books.getConnection()) {
                connection.setAutoCommit(true);
                watch(connection);
            } catch (SQLException | RuntimeException away) {
                LOG.warn("PostgreSQL does not say where the books stand; trying again", away);
                rest();
            }
        }
    }

    private void watch(Connection connection) throws SQLException {
        try (var listen = connection.createStatement()) {
            listen.execute("listen parley_position");
        }
        var notices = connection.unwrap(PGConnection.class);
        while (stopping.getCount() > 0) {
            position = read(connection);
            tell();
            notices.getNotifications(NOTICE_MILLIS_MAX);
        }
    }

    private static LogPosition read(Connection connection) throws SQLException {
        LogPosition position = LogPosition.START;
        try (var select = connection.prepareStatement(READ);
                var rows = select.executeQuery()) {
            while (rows.next()) {
                position =
                        position.with(
                                Topic.values()[rows.getInt(1)], rows.getInt(2), rows.getLong(3));
            }
        }
        return position;
    }

    private void tell() {
        LogPosition standing = position;
        for (Waiting one : waiting) {
            if (standing.covers(one.wanted)) {
                one.reached.complete(true);
            }
        }
    }

    private void rest() {
        try {
            stopping.await(REST_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
