package parley.ledger.intake;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import parley.ledger.books.Generation;
import parley.ledger.books.Generations;
import parley.ledger.books.ReadGeneration;

/// Reads the log into each generation that this release feeds, for as long as the service runs.
@ApplicationScoped
public class Intake {
    private static final Logger LOG = Logger.getLogger(Intake.class);
    private static final int LOOK_MILLIS = 500;

    private final Map<String, Object> kafka;
    private final IntakeSettings settings;
    private final Generations generations;
    private final ReadGeneration read;
    private final IntakeMetrics metrics;
    private final IntakeTracing tracing;
    private final Map<Integer, LogFollower> followers = new ConcurrentHashMap<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "intake");
    private volatile @Nullable String trouble = "It is not known yet which books there are.";

    Intake(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            IntakeSettings settings,
            Generations generations,
            ReadGeneration read,
            IntakeMetrics metrics,
            IntakeTracing tracing) {
        this.kafka = kafka;
        this.settings = settings;
        this.generations = generations;
        this.read = read;
        this.metrics = metrics;
        this.tracing = tracing;
    }

    void start(@Observes @Priority(100) StartupEvent started) {
        thread.start();
    }

    /// The batches in hand are committed before the service goes.
    void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
        stopping.countDown();
        thread.join();
        for (LogFollower follower : followers.values()) {
            follower.stop();
        }
    }

    /// Why nothing is read at the moment into the books that are served; null while all is well.
    public @Nullable String trouble() {
        LogFollower serving = followers.get(read.serving());
        return serving == null ? trouble : serving.trouble();
    }

    private void run() {
        try {
            do {
                follow();
            } while (!stopping.await(LOOK_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Whatever fails is tried again: a generation is begun or dropped on any replica.
    private void follow() throws InterruptedException {
        try {
            List<Generation> all = generations.all();
            Map<Integer, Generation> ours =
                    all.stream()
                            .filter(generations::isOurs)
                            .collect(Collectors.toMap(Generation::number, it -> it));
            for (Generation generation : ours.values()) {
                followers.computeIfAbsent(generation.number(), _ -> follower(generation));
            }
            for (int number : new HashMap<>(followers).keySet()) {
                if (!ours.containsKey(number)) {
                    Objects.requireNonNull(followers.remove(number)).stop();
                }
            }
            trouble = null;
        } catch (SQLException | RuntimeException away) {
            LOG.debug("PostgreSQL does not say which books there are; asking again", away);
            trouble = "PostgreSQL does not say which books there are: " + away.getMessage();
        }
    }

    private LogFollower follower(Generation generation) {
        int number = generation.number();
        var follower =
                new LogFollower(
                        generation,
                        kafka,
                        settings,
                        generations.books(generation),
                        metrics,
                        tracing,
                        () -> read.serving() == number || read.serving() == 0);
        follower.start();
        return follower;
    }
}
