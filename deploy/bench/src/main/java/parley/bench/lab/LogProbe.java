package parley.bench.lab;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// A producer and a consumer of one topic, which nobody else uses: what the broker itself takes.
public final class LogProbe implements AutoCloseable {
    private static final String TOPIC = "probe";
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final byte[] VALUE = "x".repeat(400).getBytes(StandardCharsets.US_ASCII);

    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;

    public LogProbe(String bootstrapServers) {
        var address = new Properties();
        address.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        try (var admin = Admin.create(address)) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1)))
                    .all()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        }
        var producing = new Properties();
        producing.putAll(address);
        producing.put(ProducerConfig.ACKS_CONFIG, "all");
        producing.put(ProducerConfig.LINGER_MS_CONFIG, "0");
        this.producer =
                new KafkaProducer<>(
                        producing, new ByteArraySerializer(), new ByteArraySerializer());
        var consuming = new Properties();
        consuming.putAll(address);
        consuming.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        consuming.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, "1");
        this.consumer =
                new KafkaConsumer<>(
                        consuming, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var partition = new TopicPartition(TOPIC, 0);
        consumer.assign(List.of(partition));
        consumer.seekToEnd(List.of(partition));
        consumer.position(partition);
    }

    /// How long one record takes from being sent to being received.
    public long seenNanos() {
        long sent = System.nanoTime();
        var _ = producer.send(new ProducerRecord<>(TOPIC, VALUE));
        if (consumer.poll(POLL).isEmpty()) {
            throw new IllegalStateException("A record was not received");
        }
        return System.nanoTime() - sent;
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }
}
