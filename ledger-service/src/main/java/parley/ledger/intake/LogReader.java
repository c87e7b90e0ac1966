package parley.ledger.intake;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import parley.contract.LogPosition;
import parley.contract.Topic;
import parley.ledger.books.Books;
import parley.ledger.books.FencedException;
import parley.ledger.books.LogRecord;
import parley.ledger.books.LogSlice;

/// One consumer: polls, and has the books take what is next in the order of the log's time. While
/// they take one batch, the next is read and decoded.
final class LogReader implements ConsumerRebalanceListener {
    private static final Logger LOG = Logger.getLogger(LogReader.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration POLL_MORE = Duration.ofMillis(20);

    /// Of what has come while the books took a batch, the next one is to have all: so it is polled
    /// so often meanwhile.
    private static final Duration PEN_PATIENCE = Duration.ofMillis(3);

    private static final long REST_NANOS_MAX = Duration.ofMillis(100).toNanos();
    private static final long OUTDATED_NANOS = Duration.ofMillis(100).toNanos();

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Books books;
    private final IntakeSettings settings;
    private final IntakeMetrics metrics;
    private final IntakeTracing tracing;
    private final Consumer<@Nullable String> trouble;
    private final BooleanSupplier isServing;

    /// Where the books stood when each partition was last sought; read on from here.
    private final Map<TopicPartition, Long> standing = new HashMap<>();

    private final TimeOrder order = new TimeOrder();
    private final Patience patience = new Patience();
    private final ExecutorService pen;
    private @Nullable Taking taking;
    private boolean isDefined;

    /// A batch that the books are taking.
    private record Taking(List<LogSlice> slices, Future<Long> nanos) {}

    LogReader(
            KafkaConsumer<byte[], byte[]> consumer,
            Books books,
            IntakeSettings settings,
            IntakeMetrics metrics,
            IntakeTracing tracing,
            Consumer<@Nullable String> trouble,
            BooleanSupplier isServing) {
        this.pen =
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform()
                                .name(Thread.currentThread().getName() + "-pen")
                                .factory());
        this.consumer = consumer;
        this.books = books;
        this.settings = settings;
        this.metrics = metrics;
        this.tracing = tracing;
        this.trouble = trouble;
        this.isServing = isServing;
    }

    void readUntil(BooleanSupplier stopping) {
        try (pen) { // What it has in hand it brings to its end.
            consumer.subscribe(Arrays.stream(Topic.values()).map(Topic::wire).toList(), this);
            while (!stopping.getAsBoolean()) {
                read(stopping);
            }
        }
    }

    private void read(BooleanSupplier stopping) {
        try {
            if (taking != null && taking.nanos.isDone()) {
                settle(stopping);
            }
            Set<TopicPartition> held = heldBackUntilDefined();
            readOnlyWhatIsNext(held);
            ConsumerRecords<byte[], byte[]> records = poll(pollTime(awaited(held)));
            if (standing.keySet().containsAll(consumer.assignment())) {
                order.add(records);
                Set<TopicPartition> awaited = awaited(held);
                boolean isAll = records.isEmpty() || awaited.isEmpty();
                if (isEnough(awaited) || (isAll && isPenFree())) {
                    take(order.next(awaited, settings.batchRecordsMax()), stopping);
                }
            } else {
                seek(consumer.assignment());
            }
        } catch (FencedException fenced) {
            LOG.warn(fenced.getMessage());
            metrics.countFenced();
            standing.clear();
            seekOrRest();
        } catch (SQLException away) {
            LOG.warn("PostgreSQL cannot take it now; nothing is lost", away);
            trouble.accept("PostgreSQL cannot take what was read: " + away.getMessage());
            rest();
        }
    }

    /// Reads the definitions of conflicts before what is about them. Not needed for the result: an
    /// event that comes before its definition is turned by it. But a whole log would be.
    private Set<TopicPartition> heldBackUntilDefined() throws SQLException {
        if (isDefined) {
            return Set.of();
        }
        List<TopicPartition> conflicts =
                consumer.partitionsFor(Topic.CONFLICTS.wire()).stream()
                        .map(it -> new TopicPartition(it.topic(), it.partition()))
                        .toList();
        isDefined = taking == null && areDefinitionsTaken(conflicts);
        Set<TopicPartition> held = new HashSet<>(isDefined ? Set.of() : consumer.assignment());
        conflicts.forEach(held::remove);
        return held;
    }

    private boolean areDefinitionsTaken(List<TopicPartition> conflicts) throws SQLException {
        LogPosition position = books.position();
        return consumer.endOffsets(conflicts).entrySet().stream()
                .allMatch(
                        end ->
                                position.nextOffset(Topic.CONFLICTS, end.getKey().partition())
                                        >= end.getValue());
    }

    private void readOnlyWhatIsNext(Set<TopicPartition> held) {
        Set<TopicPartition> paused = new HashSet<>(held);
        paused.addAll(order.ahead(awaited(held)));
        Set<TopicPartition> read = new HashSet<>(consumer.assignment());
        read.removeAll(paused);
        consumer.resume(read);
        consumer.pause(paused);
    }

    private Duration pollTime(Set<TopicPartition> awaited) {
        if (order.isEmpty()) {
            return taking == null ? POLL : POLL_MORE;
        }
        return awaited.isEmpty() ? Duration.ZERO : POLL_MORE; // It waits for the pen alone.
    }

    private ConsumerRecords<byte[], byte[]> poll(Duration within) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(within);
        Set<TopicPartition> asked = new HashSet<>(consumer.assignment());
        asked.removeAll(consumer.paused());
        patience.polled(records.partitions(), asked, within);
        return records;
    }

    private boolean isEnough(Set<TopicPartition> awaited) {
        return order.count(awaited) >= settings.batchRecordsMax() / 2;
    }

    /// What may still have something earlier to say.
    private Set<TopicPartition> awaited(Set<TopicPartition> held) {
        return consumer.assignment().stream()
                .filter(partition -> !held.contains(partition))
                .filter(partition -> patience.isFor(partition, isReadToItsEnd(partition)))
                .collect(Collectors.toSet());
    }

    /// There is hardly ever a new definition: it need not be waited for with each batch.
    private Set<TopicPartition> allButConflicts() {
        return consumer.assignment().stream()
                .filter(partition -> !partition.topic().equals(Topic.CONFLICTS.wire()))
                .collect(Collectors.toSet());
    }

    private boolean isReadToItsEnd(TopicPartition partition) {
        return consumer.currentLag(partition).orElse(1) == 0;
    }

    private void take(
            Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records,
            BooleanSupplier stopping)
            throws SQLException {
        var slices = new ArrayList<LogSlice>();
        for (TopicPartition partition : consumer.assignment()) {
            long from = Objects.requireNonNull(standing.get(partition));
            long to = order.from(partition).orElseGet(() -> consumer.position(partition));
            if (to > from) {
                slices.add(slice(partition, from, to, records.getOrDefault(partition, List.of())));
            }
        }
        if (slices.isEmpty()) {
            if (consumer.assignment().stream().allMatch(this::isReadToItsEnd)) {
                trouble.accept(null); // Another has taken what could not be taken here.
            }
            return;
        }
        settle(stopping);
        taking = new Taking(slices, pen.submit(() -> written(slices, records.values())));
        for (LogSlice slice : slices) {
            standing.put(partition(slice), slice.to());
        }
    }

    /// How long the books took for it, in nanoseconds.
    private long written(
            List<LogSlice> slices, Collection<List<ConsumerRecord<byte[], byte[]>>> records)
            throws SQLException {
        long begun = System.nanoTime();
        Span span = tracing.begin(records);
        try (Scope _ = span.makeCurrent()) {
            metrics.time(() -> books.apply(slices, metrics::count));
        } finally {
            span.end();
        }
        return System.nanoTime() - begun;
    }

    /// Waits until the books have taken the batch in hand, if there is one.
    ///
    /// @throws FencedException if they did not stand where it was read from
    /// @throws SQLException if PostgreSQL could not take it
    private void settle(BooleanSupplier stopping) throws SQLException {
        Taking ending = taking;
        if (ending == null) {
            return;
        }
        taking = null;
        long begun = System.nanoTime();
        long nanosTaken = awaited(ending.nanos);
        if (System.nanoTime() - begun > OUTDATED_NANOS && isCatchingUp(ending)) {
            patience.outdate(allButConflicts());
        }
        var read = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (LogSlice slice : ending.slices) {
            read.put(partition(slice), new OffsetAndMetadata(slice.to()));
        }
        // Where the books stand they say themselves: this is for those who watch the group's lag.
        consumer.commitAsync(read, LogReader::told);
        trouble.accept(null);
        if (!isServing.getAsBoolean()) {
            giveWay(nanosTaken, stopping);
        }
    }

    private static void told(
            Map<TopicPartition, OffsetAndMetadata> read, @Nullable Exception failure) {
        if (failure instanceof RetriableException
                || failure instanceof CommitFailedException
                || failure instanceof RebalanceInProgressException) {
            LOG.debugf(failure, "Kafka was not told that %s is read", read);
        } else if (failure != null) {
            LOG.warnf(failure, "Kafka refuses to be told that %s is read", read);
        }
    }

    /// Where little comes at a time, little has to be folded anew that came too early: nobody who
    /// waits for it is to wait longer.
    private boolean isCatchingUp(Taking ending) {
        int records = ending.slices.stream().mapToInt(slice -> slice.records().size()).sum();
        return records >= settings.batchRecordsMax() / 2;
    }

    private static long awaited(Future<Long> nanos) throws SQLException {
        try {
            return nanos.get();
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case SQLException away -> throw away;
                case RuntimeException failure -> throw failure;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(failed);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(
                    "Interrupted while the books took a batch", interrupted);
        }
    }

    /// Whether there is no batch in hand, or it has come to its end. Waits for that a little: then
    /// what has come meanwhile is to be looked at first.
    private boolean isPenFree() {
        if (taking == null || taking.nanos.isDone()) {
            return true;
        }
        try {
            taking.nanos.get(PEN_PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException later) {
            return false; // What has become of it is settled next.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /// Waits until the books stand still. What has become of the batch in hand is settled later.
    private void awaitPen() {
        Taking ending = taking;
        if (ending != null) {
            try {
                ending.nanos.get();
            } catch (ExecutionException failed) {
                LOG.debug("The batch in hand has failed", failed);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static TopicPartition partition(LogSlice slice) {
        return new TopicPartition(slice.topic().wire(), slice.partition());
    }

    /// A generation that is built beside the serving one leaves the machine to the readers for a
    /// while after each batch.
    private void giveWay(long nanosTaken, BooleanSupplier stopping) {
        long until = System.nanoTime() + (long) (nanosTaken * settings.rebuildRest());
        while (System.nanoTime() < until && !stopping.getAsBoolean()) {
            LockSupport.parkNanos(Math.min(until - System.nanoTime(), REST_NANOS_MAX));
        }
    }

    private static LogSlice slice(
            TopicPartition partition,
            long from,
            long to,
            List<ConsumerRecord<byte[], byte[]>> records) {
        Topic topic = Topic.of(partition.topic()).orElseThrow();
        List<LogRecord> decoded =
                records.stream().map(record -> RecordDecoder.decode(topic, record)).toList();
        return new LogSlice(topic, partition.partition(), from, to, decoded);
    }

    /// Reads on from where the books stand, whatever was read meanwhile.
    private void seek(Collection<TopicPartition> partitions) throws SQLException {
        order.forget(partitions);
        awaitPen();
        LogPosition position = books.position();
        for (TopicPartition partition : partitions) {
            Topic topic = Topic.of(partition.topic()).orElseThrow();
            long next = position.nextOffset(topic, partition.partition());
            if (next == 0) {
                next = consumer.beginningOffsets(Set.of(partition)).getOrDefault(partition, 0L);
            }
            consumer.seek(partition, next);
            standing.put(partition, next);
        }
    }

    private void seekOrRest() {
        try {
            seek(consumer.assignment());
        } catch (SQLException away) {
            LOG.warn("PostgreSQL does not say where the books stand", away);
            rest();
        }
    }

    /// Stays in the group without reading, then reads again from where the books stand.
    private void rest() {
        consumer.pause(consumer.assignment());
        consumer.poll(settings.rest());
        consumer.resume(consumer.assignment());
        standing.clear();
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        forget(partitions);
        try {
            seek(partitions);
        } catch (SQLException away) {
            LOG.warn("PostgreSQL does not say where the books stand", away);
            consumer.seekToBeginning(partitions); // Dropped, and sought again, by the next poll.
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        awaitPen(); // Whoever reads them next finds the books where they will stand.
        forget(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        forget(partitions);
    }

    private void forget(Collection<TopicPartition> partitions) {
        standing.keySet().removeAll(partitions);
        patience.forget(partitions);
        order.forget(partitions);
    }
}
