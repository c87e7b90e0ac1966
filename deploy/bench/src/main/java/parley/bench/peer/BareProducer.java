package parley.bench.peer;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.ConcurrentHistogram;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import parley.bench.lab.Peer;

/// Puts bytes on the log as safely as ingest-service does, and looks at none of them: no intake of
/// events can outrun it.
public final class BareProducer {
    private static final int DIGITS = 3;

    private final KafkaProducer<String, byte[]> producer;
    private final String topic;
    private final AtomicReference<@Nullable Exception> failed = new AtomicReference<>();

    private BareProducer(KafkaProducer<String, byte[]> producer, String topic) {
        this.producer = producer;
        this.topic = topic;
    }

    /// `TOLD BOOTSTRAP_SERVERS TOPIC lines FILE`: each line of a file as fast as can be; tells
    /// records and nanoseconds. `… waiting FILE WAITING MILLIS`: the file again and again, so many
    /// unacknowledged at once; tells records, nanoseconds, and the nanoseconds of p50 and p99.
    public static void main(String... arguments) throws Exception {
        boolean isBulk = arguments[3].equals("lines");
        try (var kafka = kafka(arguments[1], isBulk)) {
            kafka.partitionsFor(arguments[2]);
            var producer = new BareProducer(kafka, arguments[2]);
            Path file = Path.of(arguments[4]);
            Peer.tell(
                    Path.of(arguments[0]),
                    isBulk
                            ? producer.sendLines(file)
                            : producer.sendWaiting(
                                    Files.readAllBytes(file),
                                    Integer.parseInt(arguments[5]),
                                    Duration.ofMillis(Long.parseLong(arguments[6]))));
        }
    }

    private String sendLines(Path file) throws Exception {
        long begun = System.nanoTime();
        long sent = 0;
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                send(line.getBytes(StandardCharsets.UTF_8));
                sent++;
            }
        }
        producer.flush();
        rethrow();
        return sent + " " + (System.nanoTime() - begun);
    }

    private void send(byte[] value) {
        var _ =
                producer.send(
                        new ProducerRecord<>(topic, value),
                        (_, failure) -> failed.compareAndSet(null, failure));
    }

    private String sendWaiting(byte[] value, int waitingMax, Duration duration) throws Exception {
        var _ = send(value, waitingMax, duration, new ConcurrentHistogram(DIGITS));
        var histogram = new ConcurrentHistogram(DIGITS);
        long nanos = send(value, waitingMax, duration, histogram);
        return "%d %d %d %d"
                .formatted(
                        histogram.getTotalCount(),
                        nanos,
                        histogram.getValueAtPercentile(50),
                        histogram.getValueAtPercentile(99));
    }

    private long send(
            byte[] value, int waitingMax, Duration duration, ConcurrentHistogram histogram)
            throws Exception {
        var waiting = new Semaphore(waitingMax);
        long begun = System.nanoTime();
        long number = 0;
        while (System.nanoTime() - begun < duration.toNanos()) {
            waiting.acquire();
            long sent = System.nanoTime();
            var _ =
                    producer.send(
                            new ProducerRecord<>(topic, "x-" + number++, value),
                            (_, failure) -> {
                                histogram.recordValue(System.nanoTime() - sent);
                                failed.compareAndSet(null, failure);
                                waiting.release();
                            });
        }
        waiting.acquire(waitingMax);
        rethrow();
        return System.nanoTime() - begun;
    }

    private void rethrow() throws Exception {
        Exception failure = failed.get();
        if (failure != null) {
            throw failure;
        }
    }

    /// As ingest-service sets its two producers.
    private static KafkaProducer<String, byte[]> kafka(String bootstrapServers, boolean isBulk) {
        var settings = new Properties();
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, isBulk ? "10" : "0");
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, "131072");
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, "67108864");
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }
}
