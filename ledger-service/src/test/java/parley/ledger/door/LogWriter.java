package parley.ledger.door;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;
import parley.contract.LogPosition;
import parley.contract.Topic;

/// Puts records on the log as any producer could, and knows how far it has written.
final class LogWriter {
    private static final int LINGER_MILLIS = 10_000;

    private static LogPosition written = LogPosition.START;

    private LogWriter() {}

    /// Behind everything that any test has written.
    static synchronized LogPosition written() {
        return written;
    }

    /// A CloudEvent in the binary mode, and where it stands.
    static RecordMetadata event(
            String type,
            String publisher,
            String authority,
            String id,
            String subject,
            String data) {
        return record(
                topic(type),
                subject,
                headers(type, publisher, authority, id, subject),
                data.getBytes(UTF_8));
    }

    private static Map<String, String> headers(
            String type, String publisher, String authority, String id, String subject) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", id);
        headers.put("ce_source", "/publishers/" + publisher);
        headers.put("ce_type", type);
        headers.put("ce_subject", subject);
        headers.put("ce_time", "2025-07-17T12:00:00Z");
        headers.put("ce_authority", authority);
        headers.put("content-type", "application/json");
        return headers;
    }

    /// An event that is to be sent together with others.
    record Event(String type, String authority, String id, String subject, String data) {}

    /// Puts events of one publisher on the log at once: those of a partition have one time.
    static synchronized void atOnce(String publisher, List<Event> events) {
        try (var producer = producer(LINGER_MILLIS)) {
            var sent = new ArrayList<Future<RecordMetadata>>();
            for (Event event : events) {
                var record =
                        new ProducerRecord<>(
                                topic(event.type).wire(),
                                event.subject,
                                event.data.getBytes(UTF_8));
                headers(event.type, publisher, event.authority, event.id, event.subject)
                        .forEach((name, text) -> record.headers().add(name, text.getBytes(UTF_8)));
                sent.add(producer.send(record));
            }
            producer.flush();
            for (Future<RecordMetadata> one : sent) {
                RecordMetadata at = one.get();
                written =
                        written.with(
                                Topic.of(at.topic()).orElseThrow(),
                                at.partition(),
                                at.offset() + 1);
            }
        } catch (ExecutionException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    static Topic topic(String type) {
        return switch (type.substring(0, type.indexOf('.'))) {
            case "conflict" -> Topic.CONFLICTS;
            case "claim" -> Topic.CLAIM_EVENTS;
            default -> Topic.EXCHANGE_EVENTS;
        };
    }

    /// Any record at all.
    @SuppressWarnings("NullAway") // A record may be without a value.
    static synchronized RecordMetadata record(
            Topic topic, String key, Map<String, String> headers, byte @Nullable [] value) {
        var record = new ProducerRecord<>(topic.wire(), key, value);
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(UTF_8)));
        try (var producer = producer(0)) {
            RecordMetadata at = producer.send(record).get();
            written = written.with(topic, at.partition(), at.offset() + 1);
            return at;
        } catch (ExecutionException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static KafkaProducer<String, byte[]> producer(int lingerMillis) {
        String brokers =
                ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
        return new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", brokers, "linger.ms", lingerMillis),
                new StringSerializer(),
                new ByteArraySerializer());
    }
}
