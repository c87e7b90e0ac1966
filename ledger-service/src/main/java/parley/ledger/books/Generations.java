package parley.ledger.books;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import parley.contract.LogPosition;
import parley.ledger.books.Comparison.Difference;

/// The generations of the books. Each is built from the log by itself, from its beginning; one of
/// them is read.
///
/// Before another is read it is held against the one that is, total by total, while neither is
/// written: so nobody reads an answer that is older than one he had, or other than it should be.
@ApplicationScoped
public class Generations {
    private static final Logger LOG = Logger.getLogger(Generations.class);
    private static final String FIRST_START_LOCK = "lock table parley.serving in exclusive mode";

    /// The number of the one before which there was no other.
    public static final int FIRST = 1;

    /// So many records are caught up with in a moment, while the serving generation waits.
    private static final long CATCHING_UP_MAX = 20_000;
    private static final Duration CATCHING_UP_PATIENCE = Duration.ofSeconds(8);
    private static final int LOOK_MILLIS = 10;

    private final DataSource writer;
    private final String projection;

    /// @param projection names the way of counting of this release: it is changed with whatever
    ///     would give other books for the same log
    Generations(
            @io.quarkus.agroal.DataSource("books") DataSource writer,
            @ConfigProperty(name = "parley.ledger.projection") String projection) {
        this.writer = writer;
        this.projection = projection;
    }

    /// Which generation is read.
    ///
    /// @param generation its number; 0 before there is any
    /// @param since when that was decided
    /// @param forced whether it was decided against the comparison
    /// @param reason why
    /// @param isSettled whether by now every replica knows
    /// @param at when that was asked, by PostgreSQL's clock
    public record Serving(
            int generation,
            Instant since,
            boolean forced,
            String reason,
            boolean isSettled,
            Instant at) {
        static final Serving NONE = new Serving(0, Instant.EPOCH, false, "", true, Instant.EPOCH);
    }

    /// What became of the wish to read, or to drop, a generation.
    public sealed interface Verdict {
        /// It was done.
        record Done() implements Verdict {}

        /// There is none of that number.
        record Unknown() implements Verdict {}

        /// It was not done.
        ///
        /// @param reason why, and what to do, for whoever wished it
        /// @param differences up to 100 totals that differ from those of the serving one
        record Refused(String reason, List<Difference> differences) implements Verdict {}
    }

    /// What is demanded of a generation before it is read.
    public enum Demand {
        /// That it has read as far as the serving one, and that no total differs.
        EQUAL,
        /// That it has read as far: what differs is meant to.
        CAUGHT_UP,
        /// Nothing: somebody knows better.
        NOTHING
    }

    private interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /// The first start begins the first generation; a release that counts otherwise begins the
    /// next one.
    void start(@Observes @Priority(50) StartupEvent started) throws SQLException {
        boolean begins = inTransaction(this::beginOurs);
        LOG.infof(
                begins ? "A generation of projection %s begins" : "Projection %s goes on",
                projection);
    }

    private boolean beginOurs(Connection connection) throws SQLException {
        try (var lock = connection.createStatement()) {
            lock.execute(FIRST_START_LOCK);
        }
        List<Generation> all = GenerationTable.all(connection);
        if (all.stream().anyMatch(this::isOurs)) {
            return false;
        }
        Generation begun = GenerationTable.add(connection, projection);
        if (all.isEmpty()) {
            GenerationTable.turn(connection, begun.number(), false, "the first");
        }
        return true;
    }

    /// Whether this release feeds it.
    public boolean isOurs(Generation generation) {
        return generation.projection().equals(projection);
    }

    /// All of them, oldest first.
    public List<Generation> all() throws SQLException {
        return inTransaction(GenerationTable::all);
    }

    /// The one that is to be read.
    public Serving serving() throws SQLException {
        return inTransaction(GenerationTable::serving);
    }

    /// The one that is to be read, asked over a connection of the caller's.
    public static Serving serving(Connection connection) throws SQLException {
        return GenerationTable.serving(connection);
    }

    /// How far the log is read into a generation's books.
    public LogPosition position(int generation) throws SQLException {
        return inTransaction(connection -> position(connection, generation));
    }

    /// How far, asked over a connection of the caller's.
    public static LogPosition position(Connection connection, int generation) throws SQLException {
        return GenerationTable.position(connection, generation);
    }

    /// The books of a generation, for the one thread that feeds them.
    public Books books(Generation generation) {
        return new Books(writer, generation.schema());
    }

    /// Begins the next generation: every replica feeds it from now on.
    public Generation build() throws SQLException {
        return inTransaction(connection -> GenerationTable.add(connection, projection));
    }

    /// Holds a generation against the serving one, total by total, as both knew them at the newest
    /// moment that both have read past.
    public Comparison compare(int generation) throws SQLException {
        return inTransaction(
                connection -> {
                    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                    int serving = GenerationTable.serving(connection).generation();
                    return Comparison.of(connection, serving, generation);
                });
    }

    /// Has a generation read from now on.
    ///
    /// @param reason why, for those who ask later
    public Verdict switchTo(int wanted, Demand demand, String reason) throws SQLException {
        return inTransaction(
                connection -> {
                    Serving serving = GenerationTable.lockServing(connection);
                    Optional<Generation> found = find(connection, wanted);
                    if (found.isEmpty()) {
                        return new Verdict.Unknown();
                    }
                    if (serving.generation() == wanted) {
                        return new Verdict.Done();
                    }
                    Optional<Verdict> refused = refused(connection, serving, found.get(), demand);
                    if (refused.isPresent()) {
                        return refused.get();
                    }
                    GenerationTable.turn(connection, wanted, demand == Demand.NOTHING, reason);
                    LOG.infof("Generation %d is read from now on: %s", wanted, reason);
                    return new Verdict.Done();
                });
    }

    private static Optional<Verdict> refused(
            Connection connection, Serving serving, Generation wanted, Demand demand)
            throws SQLException {
        if (demand == Demand.NOTHING) {
            return Optional.empty();
        }
        int current = serving.generation();
        long behind = behind(connection, current, wanted);
        if (behind <= CATCHING_UP_MAX) {
            GenerationTable.holdThePen(connection, current);
            behind = awaitCatchingUp(connection, current, wanted);
        }
        if (behind > 0) {
            return Optional.of(
                    new Verdict.Refused(
                            ("It is %d records behind the serving generation %d: ask again when it"
                                            + " has caught up, or force it and say why.")
                                    .formatted(behind, current),
                            List.of()));
        }
        if (demand == Demand.CAUGHT_UP) {
            return Optional.empty();
        }
        GenerationTable.holdThePen(connection, wanted.number());
        Comparison comparison = Comparison.of(connection, current, wanted.number());
        if (comparison.isEqual()) {
            return Optional.empty();
        }
        return Optional.of(
                new Verdict.Refused(
                        ("%d of its totals differ from those of the serving generation %d: look"
                                        + " into it, or force it and say why.")
                                .formatted(comparison.differing(), current),
                        comparison.differences()));
    }

    private static long awaitCatchingUp(Connection connection, int current, Generation wanted)
            throws SQLException {
        long patience = System.nanoTime() + CATCHING_UP_PATIENCE.toNanos();
        long behind = behind(connection, current, wanted);
        while (behind > 0 && System.nanoTime() < patience) {
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return behind;
            }
            behind = behind(connection, current, wanted);
        }
        return behind;
    }

    /// How many records one generation has not read yet that the other has.
    private static long behind(Connection connection, int current, Generation wanted)
            throws SQLException {
        return GenerationTable.position(connection, wanted.number())
                .recordsBehind(GenerationTable.position(connection, current));
    }

    /// Drops a generation and its books. The serving one is not dropped, nor any while a replica
    /// may still be reading it.
    public Verdict drop(int number) throws SQLException {
        return inTransaction(
                connection -> {
                    Serving serving = GenerationTable.lockServing(connection);
                    Optional<Generation> found = find(connection, number);
                    if (found.isEmpty()) {
                        return new Verdict.Unknown();
                    }
                    if (serving.generation() == number) {
                        return new Verdict.Refused(
                                "It is the one that is read: switch to another first.", List.of());
                    }
                    if (!serving.isSettled()) {
                        return new Verdict.Refused(
                                "It may still be read in places: ask again in ten seconds.",
                                List.of());
                    }
                    GenerationTable.remove(connection, found.get());
                    LOG.infof("Generation %d is dropped", number);
                    return new Verdict.Done();
                });
    }

    private static Optional<Generation> find(Connection connection, int number)
            throws SQLException {
        return GenerationTable.all(connection).stream()
                .filter(generation -> generation.number() == number)
                .findFirst();
    }

    private <T> T inTransaction(Work<T> work) throws SQLException {
        try (Connection connection = writer.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T done = work.run(connection);
                connection.commit();
                return done;
            } catch (Throwable failure) {
                Books.rollback(connection, failure);
                throw failure;
            }
        }
    }
}
