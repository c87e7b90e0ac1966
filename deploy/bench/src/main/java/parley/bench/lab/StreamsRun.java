package parley.bench.lab;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import parley.bench.fold.Binary;
import parley.bench.fold.Totals;
import parley.bench.peer.StreamsFold;
import parley.contract.Topic;

/// The Kafka Streams application on a log, from nothing to the totals that are expected.
public final class StreamsRun implements AutoCloseable {
    /// With what the ledger has, it runs out of memory at 300,000 of 1,000,000 events.
    private static final int HEAP_MEBIBYTES = 1_024;

    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofHours(2);

    private final String application = "streams-" + UUID.randomUUID();
    private final String totalsTopic = application + "-totals";
    private final Lab lab;
    private final Log log;
    private final Admin admin;
    private final Peer peer;
    private Totals seen = Totals.NOTHING;

    public StreamsRun(Lab lab, Log log) {
        this.lab = lab;
        this.log = log;
        var settings = new Properties();
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, lab.bootstrapServers());
        this.admin = Admin.create(settings);
        admin.createTopics(List.of(new NewTopic(totalsTopic, 1, (short) 1)))
                .all()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        this.peer =
                Peer.start(
                        lab,
                        HEAP_MEBIBYTES,
                        StreamsFold.class,
                        lab.bootstrapServers(),
                        application,
                        totalsTopic,
                        lab.folder().resolve(application).toString(),
                        Long.toString(partitions()));
    }

    private long partitions() {
        return log.ends().keySet().stream()
                .filter(it -> it.topic().equals(Topic.EXCHANGE_EVENTS.wire()))
                .count();
    }

    /// Returns when all of the log is committed and the totals are those expected. The first
    /// commit is seen by the offsets that the application has committed, the last one by the
    /// totals that it has published, whichever comes later.
    ///
    /// @throws IllegalStateException where it comes to an end with other totals, or to none
    public CatchUp await(Totals expected) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long firstRead = 0;
        long firstSeen = 0;
        long nextLook = 0;
        long read = 0;
        try (var totals = totalsConsumer()) {
            while (System.nanoTime() < deadline && peer.isAlive()) {
                for (var record : totals.poll(POLL)) {
                    seen = Binary.totals(record.value());
                }
                long now = System.nanoTime();
                if (now > nextLook) {
                    read = committed();
                    nextLook = now + LOOK.toNanos();
                }
                if (firstRead == 0 && read > 0) {
                    firstRead = read;
                    firstSeen = now;
                }
                if (read >= wanted() && seen.equals(expected)) {
                    return new CatchUp(wanted() - firstRead, now - firstSeen);
                }
            }
        }
        throw new IllegalStateException(
                "Kafka Streams has read %d of %d records; its totals differ: %s"
                        .formatted(read, wanted(), seen.differences(expected)));
    }

    /// Those of the topics that bear on the totals.
    private long wanted() {
        return log.ends().entrySet().stream()
                .filter(it -> !it.getKey().topic().equals(Topic.CONFLICTS.wire()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private long committed() {
        var offsets =
                new HashMap<>(
                        admin.listConsumerGroupOffsets(application)
                                .partitionsToOffsetAndMetadata()
                                .toCompletionStage()
                                .toCompletableFuture()
                                .join());
        offsets.keySet().retainAll(log.ends().keySet());
        return offsets.values().stream()
                .filter(Objects::nonNull)
                .mapToLong(it -> it.offset())
                .sum();
    }

    private KafkaConsumer<String, byte[]> totalsConsumer() {
        var settings = new Properties();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, lab.bootstrapServers());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        var consumer =
                new KafkaConsumer<>(
                        settings, new StringDeserializer(), new ByteArrayDeserializer());
        var partitions = List.of(new TopicPartition(totalsTopic, 0));
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

    public Peer peer() {
        return peer;
    }

    /// Stops it, and deletes all topics and files that it has made.
    @Override
    public void close() {
        peer.close();
        var topics = admin.listTopics().names().toCompletionStage().toCompletableFuture().join();
        admin.deleteTopics(topics.stream().filter(it -> it.startsWith(application)).toList())
                .all()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        admin.close();
    }
}
