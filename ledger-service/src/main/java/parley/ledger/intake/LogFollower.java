package parley.ledger.intake;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import parley.ledger.books.Books;
import parley.ledger.books.Generation;

/// Reads the log into the books of one generation, in a thread of its own.
final class LogFollower {
    private static final Logger LOG = Logger.getLogger(LogFollower.class);

    /// What one answer of the broker may hold, compressed: it lies in memory until it is polled.
    private static final int FETCH_BYTES_MAX = 16 << 20;
    private static final int FETCH_WAIT_MILLIS_MAX = 100;

    private static final int POLLS_PER_BATCH = 10;
    private static final int POLL_RECORDS_MIN = 100;

    private final Generation generation;
    private final Map<String, Object> kafka;
    private final IntakeSettings settings;
    private final Books books;
    private final IntakeMetrics metrics;
    private final IntakeTracing tracing;
    private final BooleanSupplier isServing;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;
    private volatile @Nullable String trouble;

    LogFollower(
            Generation generation,
            Map<String, Object> kafka,
            IntakeSettings settings,
            Books books,
            IntakeMetrics metrics,
            IntakeTracing tracing,
            BooleanSupplier isServing) {
        this.generation = generation;
        this.kafka = kafka;
        this.settings = settings;
        this.books = books;
        this.metrics = metrics;
        this.tracing = tracing;
        this.isServing = isServing;
        this.thread = new Thread(this::run, "intake-" + generation.number());
    }

    void start() {
        thread.start();
    }

    /// The batch in hand is committed before it ends.
    void stop() throws InterruptedException {
        stopping = true;
        KafkaConsumer<byte[], byte[]> reading = consumer;
        if (reading != null) {
            reading.wakeup();
        }
        thread.join();
    }

    /// Why nothing is read at the moment; null while all is well.
    @Nullable String trouble() {
        return trouble;
    }

    private void run() {
        while (!stopping) {
            try (var opened = new KafkaConsumer<byte[], byte[]>(configuration())) {
                consumer = opened;
                new LogReader(opened, books, settings, metrics, tracing, this::note, isServing)
                        .readUntil(() -> stopping);
            } catch (WakeupException woken) {
                LOG.debug("Woken to stop", woken);
            } catch (RuntimeException | Error failure) {
                // An offset that is not where it must be, or books that do not hold: loud, and
                // again, since only an operator can mend it.
                note(failure.toString());
                LOG.error("The log cannot be read on; trying again", failure);
                rest();
            } finally {
                consumer = null;
            }
        }
    }

    private void note(@Nullable String reason) {
        trouble = reason;
    }

    private void rest() {
        try {
            Thread.sleep(settings.rest());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }

    private Map<String, Object> configuration() {
        var configuration = new HashMap<>(kafka);
        configuration.put(
                ConsumerConfig.GROUP_ID_CONFIG, settings.group() + "-" + generation.number());
        configuration.put(
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        configuration.put(
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        configuration.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                CooperativeStickyAssignor.class.getName());
        // The books say where to read. Kafka's own offsets are for those who watch the lag.
        configuration.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // A topic that a broker makes by itself forgets.
        configuration.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        configuration.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        configuration.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        configuration.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, pollRecordsMax());
        configuration.put(
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, settings.partitionFetchBytesMax());
        configuration.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES_MAX);
        // A request that waits at the end of one partition holds up those behind it.
        configuration.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS_MAX);
        configuration.put(
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                (int) settings.sessionTimeout().toMillis());
        configuration.put(
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                (int) settings.sessionTimeout().dividedBy(3).toMillis());
        configuration.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 5_000);
        return configuration;
    }

    /// A batch is made of what several partitions hold: each gives a part of it at a time.
    private int pollRecordsMax() {
        int part = Math.ceilDiv(settings.batchRecordsMax(), POLLS_PER_BATCH);
        return Math.min(settings.batchRecordsMax(), Math.max(part, POLL_RECORDS_MIN));
    }
}
