package parley.ingest.conflicts;

import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import parley.contract.Topic;

/// Follows the `conflicts` topic from its beginning, in a thread of its own and in no group: every
/// replica reads all of it.
@Singleton
public final class ConflictsFollower {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /// So often it is looked whether somebody waits. Waking the reader for each who does would keep
    /// it, where many do, from ever coming to them.
    private static final Duration POLL = Duration.ofMillis(20);

    /// The broker answers a connection's requests one by one, so where the topic ends is told only
    /// when the fetch before has waited that long for records.
    private static final Duration FETCH_MAX = Duration.ofMillis(50);

    private static final Duration BROKER_ANSWER_MAX = Duration.ofSeconds(5);
    private static final Duration CATCH_UP_MAX = Duration.ofSeconds(2);
    private static final Duration CONTACT_EVERY = Duration.ofSeconds(5);
    private static final Duration CONTACT_AGE_MAX = Duration.ofSeconds(20);

    private final Map<String, Object> brokers;
    private final ConflictRecords records;
    private final ConcurrentLinkedQueue<CompletableFuture<Void>> waiting =
            new ConcurrentLinkedQueue<>();
    private volatile boolean stopping;
    private volatile boolean isRead;
    private boolean isTold;
    private volatile long contactNanos = System.nanoTime() - CONTACT_AGE_MAX.toNanos();

    ConflictsFollower(
            @Identifier("default-kafka-broker") Map<String, Object> brokers,
            ConflictRecords records) {
        this.brokers = brokers;
        this.records = records;
    }

    /// Whether all definitions that were there at start have been read.
    public boolean isRead() {
        return isRead;
    }

    /// Whether the broker has answered lately.
    public boolean isInContact() {
        return System.nanoTime() - contactNanos < CONTACT_AGE_MAX.toNanos();
    }

    /// Completes when everything that is on the topic now has been read. Fails where that takes
    /// more than two seconds.
    public CompletionStage<Void> caughtUp() {
        var asked = new CompletableFuture<Void>();
        waiting.add(asked);
        return asked.orTimeout(CATCH_UP_MAX.toMillis(), TimeUnit.MILLISECONDS);
    }

    void start(@Observes StartupEvent start) {
        Thread.ofPlatform().name("conflicts").daemon().start(this::follow);
    }

    void stop(@Observes ShutdownEvent stop) {
        stopping = true;
    }

    private void follow() {
        while (!stopping) {
            try (var reader = consumer()) {
                read(reader);
            } catch (RuntimeException away) {
                if (!isTold) {
                    Log.warnf("The conflicts cannot be read; trying again every second: %s", away);
                    isTold = true;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            } finally {
                waiting.removeIf(
                        CompletableFuture::isDone); // They were told that it takes too long.
            }
        }
    }

    private KafkaConsumer<String, byte[]> consumer() {
        var settings = new HashMap<>(brokers);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) FETCH_MAX.toMillis());
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) BROKER_ANSWER_MAX.toMillis());
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /// Reads until the service stops or the broker fails.
    private void read(Consumer<String, byte[]> reader) {
        List<TopicPartition> partitions = partitions(reader);
        if (partitions.isEmpty()) {
            LockSupport.parkNanos(PAUSE.toNanos() / 5); // The topic is about to be made.
            return;
        }
        reader.assign(partitions);
        reader.seekToBeginning(partitions);
        var goals = new Goals(reader, partitions);
        var atStart = new CompletableFuture<Void>();
        waiting.add(atStart);
        while (!stopping) {
            records.apply(reader.poll(POLL));
            boolean isDue = System.nanoTime() - contactNanos > CONTACT_EVERY.toNanos();
            if (isDue || !waiting.isEmpty()) {
                goals.add(waiting);
                contactNanos = System.nanoTime();
            }
            goals.settle();
            isRead |= atStart.isDone();
            isTold &= !atStart.isDone();
        }
    }

    private static List<TopicPartition> partitions(Consumer<String, byte[]> reader) {
        return reader.partitionsFor(Topic.CONFLICTS.wire()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
    }
}
