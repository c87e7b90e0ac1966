package parley.ledger.health;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.Map.Entry;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import parley.contract.LogPosition;
import parley.contract.LogPosition.Partition;
import parley.ledger.intake.LogAwayException;
import parley.ledger.intake.LogHead;
import parley.ledger.intake.LogHead.End;
import parley.ledger.views.PositionWatch;

/// Holds the books that are read against the end of the log, once a second, for readiness and for
/// whoever watches.
///
/// Every replica looks at all partitions, whoever reads them: readers get what the books hold.
@ApplicationScoped
class LagWatch {
    private static final Logger LOG = Logger.getLogger(LagWatch.class);
    private static final int REST_MILLIS = 1_000;

    private final LogHead head;
    private final PositionWatch watch;
    private final MultiGauge records;
    private final MultiGauge seconds;
    private final Map<Partition, Lag> lags = new ConcurrentHashMap<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "lag-watch");
    private volatile @Nullable String unknown = "The log was not looked at yet.";

    LagWatch(LogHead head, PositionWatch watch, MeterRegistry registry) {
        this.head = head;
        this.watch = watch;
        records =
                MultiGauge.builder("parley.ledger.lag.records")
                        .description("Records of a partition that are not in the books yet")
                        .register(registry);
        seconds =
                MultiGauge.builder("parley.ledger.lag.seconds")
                        .description("How long the oldest of them has been there")
                        .register(registry);
    }

    void start(@Observes @Priority(200) StartupEvent started) {
        thread.setDaemon(true);
        thread.start();
    }

    void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
        stopping.countDown();
        thread.interrupt();
        thread.join();
    }

    /// The largest lag of any partition, in seconds.
    double seconds() {
        long now = System.nanoTime();
        return largest(lag -> lag.seconds(now));
    }

    /// The longest that any partition of which something is unread has stood still, in seconds.
    double standstillSeconds() {
        long now = System.nanoTime();
        return largest(lag -> lag.standstillSeconds(now));
    }

    long records() {
        return lags.values().stream().mapToLong(Lag::records).sum();
    }

    /// Why the lag is that of an earlier look; null while it is not.
    @Nullable String unknown() {
        return unknown;
    }

    private double largest(ToDoubleFunction<Lag> measure) {
        return lags.values().stream().mapToDouble(measure).max().orElse(0);
    }

    private void run() {
        try {
            do {
                look();
            } while (!stopping.await(REST_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            var ends = head.ends();
            LogPosition standing = watch.position();
            long now = System.nanoTime();
            for (End end : ends) {
                Partition at = end.partition();
                lags.computeIfAbsent(at, _ -> new Lag())
                        .look(standing.nextOffset(at.topic(), at.partition()), end.offset(), now);
            }
            show();
            unknown = null;
        } catch (LogAwayException away) {
            LOG.debug("Kafka does not say where the log ends", away);
            unknown = String.valueOf(away.getMessage());
        }
    }

    private void show() {
        records.register(lags.entrySet().stream().map(it -> row(it, Lag::records)).toList(), true);
        seconds.register(
                lags.entrySet().stream()
                        .map(it -> row(it, lag -> lag.seconds(System.nanoTime())))
                        .toList(),
                true);
    }

    private static Row<?> row(Entry<Partition, Lag> of, ToDoubleFunction<Lag> measure) {
        var tags =
                Tags.of(
                        "topic",
                        of.getKey().topic().wire(),
                        "partition",
                        Integer.toString(of.getKey().partition()));
        return Row.of(tags, of.getValue(), measure);
    }
}
