package parley.ingest.door;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.ConfigProvider;

/// Reads what stands on the log, as any reader could.
final class LogReader {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern POSITION = Pattern.compile("([fec])(\\d+):(\\d+)");

    private LogReader() {}

    static String brokers() {
        return ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
    }

    /// The record just before a position of one partition.
    static ConsumerRecord<String, byte[]> before(String position) {
        return before(position, 1).getFirst();
    }

    /// The last so many records before a position of one partition, in their order.
    static List<ConsumerRecord<String, byte[]>> before(String position, int count) {
        Matcher matcher = POSITION.matcher(position);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(position);
        }
        String topic =
                switch (matcher.group(1)) {
                    case "f" -> "conflicts";
                    case "e" -> "exchange-events";
                    default -> "claim-events";
                };
        var partition = new TopicPartition(topic, Integer.parseInt(matcher.group(2)));
        try (var consumer =
                new KafkaConsumer<>(
                        Map.<String, Object>of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                brokers(),
                                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                                1),
                        new StringDeserializer(),
                        new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, Long.parseLong(matcher.group(3)) - count);
            var records = new ArrayList<ConsumerRecord<String, byte[]>>();
            while (records.size() < count) {
                consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
            }
            return records;
        }
    }

    /// How many records stand on all topics together.
    static long records() {
        try (var consumer =
                new KafkaConsumer<>(
                        Map.<String, Object>of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers()),
                        new StringDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    Stream.of("conflicts", "exchange-events", "claim-events")
                            .flatMap(topic -> consumer.partitionsFor(topic).stream())
                            .map(found -> new TopicPartition(found.topic(), found.partition()))
                            .toList();
            return consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    static JsonNode value(ConsumerRecord<String, byte[]> record) {
        try {
            return JSON.readTree(record.value());
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }
}
