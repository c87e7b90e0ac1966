package parley.ledger.views;

import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import parley.contract.LogPosition;
import parley.ledger.books.Generations;
import parley.ledger.books.Generations.Serving;
import parley.ledger.books.ReadGeneration;

/// Knows where the books stand, whichever replica wrote them: the transaction that moves the
/// position says so by `NOTIFY`.
@Singleton
public class PositionWatch {
    private static final Logger LOG = Logger.getLogger(PositionWatch.class);
    private static final int NOTICE_MILLIS_MAX = 1_000;
    private static final int REST_MILLIS = 1_000;

    /// It asks every second; one that is silent for longer hangs.
    private static final int SILENCE_MILLIS_MAX = 5_000;

    private static final long SILENCE_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(SILENCE_MILLIS_MAX);

    private final javax.sql.DataSource books;
    private final ReadGeneration read;
    private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "position-watch");
    private volatile LogPosition position = LogPosition.START;
    private volatile LogPosition turnedAt = LogPosition.START;
    private volatile @Nullable Asked seen;
    private volatile boolean isAway;
    private volatile boolean isDoubted;
    private volatile boolean isLetGo;

    PositionWatch(@DataSource("books") javax.sql.DataSource books, ReadGeneration read) {
        this.books = books;
        this.read = read;
    }

    private record Waiting(Predicate<Asked> isOver, CompletableFuture<Boolean> told) {}

    /// Before this, nothing is known to read from.
    void start(@Observes @Priority(60) StartupEvent started) throws SQLException {
        try (Connection connection = books.getConnection()) {
            look(connection);
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

    /// Where the books stood when those that are read now were turned to here: what was told up to
    /// there, others may have told otherwise. Nowhere, where there were never others.
    public LogPosition turnedAt() {
        return turnedAt;
    }

    /// When the books were last seen, and where they stood; null before.
    public @Nullable Asked seen() {
        return seen;
    }

    /// What is known of a question that is asked now; null before the books were ever seen.
    public @Nullable Asked asked() {
        Asked last = seen;
        if (last == null) {
            return null;
        }
        long now = System.nanoTime();
        return new Asked(
                read.serving(), last.position(), last.at().plusNanos(now - last.nanos()), now);
    }

    /// Whether the books were lost sight of, and have not been seen again.
    public boolean isAway() {
        return isAway;
    }

    /// Whether what is in memory is the better answer: they are out of sight, or failed somebody
    /// since they were last seen.
    boolean isInDoubt() {
        return isDoubted || isOutOfSight();
    }

    /// Whether they are away, or silent: where they stand by now, nobody here knows.
    boolean isOutOfSight() {
        Asked last = seen;
        return isAway || (last != null && System.nanoTime() - last.nanos() > SILENCE_NANOS_MAX);
    }

    /// Whether an answer is what the books would give again, as far as is known.
    boolean isCurrent(KeptAnswer answer) {
        Asked last = seen;
        return last != null && last.isOfTheSameBooksAs(answer.asked());
    }

    /// Somebody could not read them.
    void doubt() {
        isDoubted = true;
    }

    /// Tells, once the books stand there or further, true; false after that long.
    public Uni<Boolean> reached(LogPosition wanted, Duration patience) {
        if (position.covers(wanted)) {
            return Uni.createFrom().item(true);
        }
        return told(now -> now.position().covers(wanted), patience);
    }

    /// Tells, once the books are no longer as they were seen then, true; false after that long.
    public Uni<Boolean> moved(Asked then, Duration patience) {
        return told(now -> !now.isOfTheSameBooksAs(then), patience);
    }

    /// Tells after that long, or as soon as nobody is to wait here.
    Uni<Boolean> rested(Duration patience) {
        return told(_ -> false, patience);
    }

    /// Whoever waits is told that nothing has come, now and from now on: the service is about to
    /// go.
    void letGo() {
        isLetGo = true;
        waiting.forEach(one -> one.told.complete(false));
    }

    /// Whether nobody is to wait here any more.
    public boolean isLetGo() {
        return isLetGo;
    }

    private Uni<Boolean> told(Predicate<Asked> isOver, Duration patience) {
        var one = new Waiting(isOver, new CompletableFuture<>());
        waiting.add(one);
        if (isLetGo) {
            one.told.complete(false);
        }
        Asked now = seen;
        if (now != null && isOver.test(now)) {
            one.told.complete(true); // The books have moved since they were asked.
        }
        return Uni.createFrom()
                .completionStage(one.told)
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
                connection.setNetworkTimeout(Runnable::run, SILENCE_MILLIS_MAX);
                watch(connection);
            } catch (SQLException | RuntimeException away) {
                if (!isAway) {
                    isAway = true;
                    LOG.warn("PostgreSQL does not say where the books stand; trying again", away);
                }
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
            look(connection);
            tell();
            notices.getNotifications(NOTICE_MILLIS_MAX);
        }
    }

    private void look(Connection connection) throws SQLException {
        long asked = System.nanoTime();
        Serving serving = Generations.serving(connection);
        follow(serving, connection);
        int generation = read.serving();
        LogPosition position = Generations.position(connection, generation);
        note(new Asked(generation, position, serving.at(), asked));
    }

    /// Another generation is read from the moment on at which it stands no further back than what
    /// was read before, unless that was forced.
    private void follow(Serving serving, Connection connection) throws SQLException {
        int wanted = serving.generation();
        if (wanted == read.serving()) {
            return;
        }
        if (read.serving() == 0
                || serving.forced()
                || Generations.position(connection, wanted).covers(position)) {
            boolean isOther = read.serving() != 0;
            boolean isFirst = wanted == Generations.FIRST;
            turnedAt = isOther || isFirst ? position : Generations.position(connection, wanted);
            read.serve(wanted);
        }
    }

    /// Somebody has read them, and may have seen them further than was known.
    public void readAt(Asked read) {
        if (read.generation() == this.read.serving() && read.position().covers(position)) {
            note(read);
        }
    }

    private synchronized void note(Asked now) {
        Asked last = seen;
        if (last != null
                && last.generation() == now.generation()
                && !now.position().covers(last.position())) {
            return; // Somebody has seen them further meanwhile.
        }
        if (isAway) {
            LOG.info("PostgreSQL says again where the books stand");
        }
        seen = last == null ? now : now.sharing(last);
        position = seen.position();
        isDoubted = false;
        isAway = false;
    }

    private void tell() {
        Asked now = seen;
        for (Waiting one : waiting) {
            if (now != null && one.isOver.test(now)) {
                one.told.complete(true);
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
