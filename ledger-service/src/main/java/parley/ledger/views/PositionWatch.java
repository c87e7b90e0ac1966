package parley.ledger.views;

import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
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
import parley.ledger.books.Generations;
import parley.ledger.books.Generations.Serving;
import parley.ledger.books.ReadGeneration;

/// Knows where the books stand, whichever replica wrote them: the transaction that moves the
/// position says so by `NOTIFY`.
@ApplicationScoped
public class PositionWatch {
    private static final Logger LOG = Logger.getLogger(PositionWatch.class);
    private static final int NOTICE_MILLIS_MAX = 1_000;
    private static final int REST_MILLIS = 1_000;

    private final javax.sql.DataSource books;
    private final ReadGeneration read;
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "position-watch");
    private volatile LogPosition position = LogPosition.START;

    PositionWatch(@DataSource("books") javax.sql.DataSource books, ReadGeneration read) {
        this.books = books;
        this.read = read;
    }

    private record Waiting(LogPosition wanted, CompletableFuture<Boolean> reached) {}

    /// Before this, nothing is known to read from.
    void start(@Observes @Priority(60) StartupEvent started) throws SQLException {
        try (Connection connection = books.getConnection()) {
            follow(Generations.serving(connection), connection);
        }
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
            follow(Generations.serving(connection), connection);
            tell();
            notices.getNotifications(NOTICE_MILLIS_MAX);
        }
    }

    /// Another generation is read from the moment on at which it stands no further back than what
    /// was read before, unless that was forced.
    private void follow(Serving serving, Connection connection) throws SQLException {
        int wanted = serving.generation();
        if (wanted != read.serving()) {
            LogPosition there = Generations.position(connection, wanted);
            if (read.serving() == 0 || serving.forced() || there.covers(position)) {
                read.serve(wanted);
            }
        }
        position = Generations.position(connection, read.serving());
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
