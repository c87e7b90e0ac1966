package parley.bench.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import parley.contract.Topic;

/// The log, for whoever reads it without a group: each partition from its beginning to where it
/// ends now, or to an earlier end.
public final class Log {
    private static final Duration POLL = Duration.ofMillis(100);

    private final String bootstrapServers;
    private final Map<TopicPartition, Long> ends;

    private Log(String bootstrapServers, Map<TopicPartition, Long> ends) {
        this.bootstrapServers = bootstrapServers;
        this.ends = ends;
    }

    /// All that is on it now.
    public static Log whole(String bootstrapServers) {
        try (var consumer = consumer(bootstrapServers)) {
            var partitions = new ArrayList<TopicPartition>();
            for (Topic topic : Topic.values()) {
                consumer.partitionsFor(topic.wire())
                        .forEach(
                                it ->
                                        partitions.add(
                                                new TopicPartition(it.topic(), it.partition())));
            }
            return new Log(bootstrapServers, consumer.endOffsets(partitions));
        }
    }

    /// The same share of each partition's beginning, about so many records in all.
    public Log part(long records) {
        double share = Math.min(1, (double) records / records());
        var parts = new HashMap<TopicPartition, Long>();
        ends.forEach((partition, end) -> parts.put(partition, (long) Math.ceil(end * share)));
        return new Log(bootstrapServers, parts);
    }

    public long records() {
        return ends.values().stream().mapToLong(Long::longValue).sum();
    }

    /// Where each partition ends.
    public Map<TopicPartition, Long> ends() {
        return Map.copyOf(ends);
    }

    /// Reads it once, fetch by fetch.
    public void read(Consumer<List<ConsumerRecord<String, byte[]>>> reader) {
        try (var consumer = consumer(bootstrapServers)) {
            var open = new HashMap<>(ends);
            open.values().removeIf(end -> end == 0);
            consumer.assign(open.keySet());
            consumer.seekToBeginning(open.keySet());
            while (!open.isEmpty()) {
                var fetched = new ArrayList<ConsumerRecord<String, byte[]>>();
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    var partition = new TopicPartition(record.topic(), record.partition());
                    Long end = open.get(partition);
                    if (end != null && record.offset() < end) {
                        fetched.add(record);
                        if (record.offset() == end - 1) {
                            open.remove(partition);
                            consumer.pause(List.of(partition));
                        }
                    }
                }
                reader.accept(fetched);
            }
        }
    }

    private static KafkaConsumer<String, byte[]> consumer(String bootstrapServers) {
        var settings = new Properties();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "10000");
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, "4194304");
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }
}
