package parley.ledger.generations;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import parley.contract.LogPosition;
import parley.ledger.audit.Audit;
import parley.ledger.books.Comparison;
import parley.ledger.books.Generation;
import parley.ledger.books.Generations;
import parley.ledger.books.Generations.Demand;
import parley.ledger.books.Generations.Serving;
import parley.ledger.books.Generations.Verdict;
import parley.ledger.books.ReadGeneration;

/// Watches over what is built: how fast, whether it says the same as what is served, and, of a
/// release that counts otherwise, when its books are to be read.
@ApplicationScoped
class Overseer {
    private static final Logger LOG = Logger.getLogger(Overseer.class);

    /// A comparison reads both books, and an audit one: they may have this share of a core.
    private static final int RESTS_PER_COMPARISON = 20;
    private static final long NEARLY_THERE = 1_000;

    private final Generations generations;
    private final Progress progress;
    private final Audit audit;
    private final ReadGeneration read;
    private final Map<Integer, Compared> comparisons = new ConcurrentHashMap<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "generations");

    private long nextTakeOver = System.nanoTime();
    private int comparedWith;

    Overseer(Generations generations, Progress progress, Audit audit, ReadGeneration read) {
        this.generations = generations;
        this.progress = progress;
        this.audit = audit;
        this.read = read;
    }

    /// @param nextNanos when it may be compared again
    private record Compared(Comparison comparison, long nextNanos) {}

    void start(@Observes @Priority(200) StartupEvent started) {
        thread.start();
    }

    void stop(@Observes ShutdownEvent stopped) {
        stopping.countDown();
    }

    /// What the newest comparison of a generation with the serving one found, if there was one.
    Optional<Comparison> comparison(int generation) {
        return Optional.ofNullable(comparisons.get(generation)).map(Compared::comparison);
    }

    private void run() {
        try {
            do {
                look();
            } while (!stopping.await(1, TimeUnit.SECONDS));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Whatever fails is looked at again.
    private void look() {
        try {
            progress.look();
            Serving serving = generations.serving();
            if (serving.generation() != comparedWith) {
                comparedWith = serving.generation();
                comparisons.clear();
            }
            List<Generation> all = generations.all();
            comparisons.keySet().retainAll(all.stream().map(Generation::number).toList());
            for (Generation generation : all) {
                if (generation.number() != serving.generation()) {
                    look(generation, serving);
                }
            }
        } catch (SQLException | RuntimeException away) {
            LOG.debug("The generations cannot be looked at now; looking again", away);
        }
    }

    private void look(Generation generation, Serving serving) {
        try {
            LogPosition goal = generations.position(serving.generation());
            if (generations.position(generation.number()).recordsBehind(goal) < NEARLY_THERE) {
                compare(generation.number());
                takeOver(generation, serving);
            }
        } catch (SQLException | RuntimeException failure) {
            LOG.warnf(failure, "Generation %d cannot be looked at", generation.number());
        }
    }

    private void compare(int generation) throws SQLException {
        long begun = System.nanoTime();
        Compared last = comparisons.get(generation);
        if (last != null && begun < last.nextNanos) {
            return;
        }
        Comparison comparison = generations.compare(generation);
        long ended = System.nanoTime();
        comparisons.put(
                generation,
                new Compared(comparison, ended + RESTS_PER_COMPARISON * (ended - begun)));
    }

    /// The books of a release that counts otherwise are read once they have caught up and hold in
    /// themselves; what differs is what the release is for.
    private void takeOver(Generation generation, Serving serving) throws SQLException {
        boolean isNewRelease =
                generations.isOurs(generation)
                        && generation.number() > serving.generation()
                        && generations.all().stream()
                                .filter(it -> it.number() == serving.generation())
                                .noneMatch(generations::isOurs);
        if (!isNewRelease || System.nanoTime() - nextTakeOver < 0) {
            return;
        }
        long begun = System.nanoTime();
        if (read.reading(generation.number(), audit::holds)) {
            Verdict verdict =
                    generations.switchTo(
                            generation.number(),
                            Demand.CAUGHT_UP,
                            "the projection of a new release: " + generation.projection());
            LOG.infof("Generation %d: %s", generation.number(), verdict);
        } else {
            LOG.errorf("Generation %d does not hold, and is not read", generation.number());
        }
        long ended = System.nanoTime();
        nextTakeOver = ended + RESTS_PER_COMPARISON * (ended - begun);
    }
}
