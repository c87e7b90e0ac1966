package parley.ledger.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import parley.contract.Topic;
import parley.ledger.books.LogRecord;

/// What the decoder hands on is seen in the books; here, that it hands on whatever comes.
class RecordDecoderTest {
    private static final byte[] RETRACTION = "{\"reason\":\"untrue\"}".getBytes(UTF_8);

    @Property
    void everyRecordBecomesSomethingThatTheBooksCanTake(
            @ForAll byte[] value,
            @ForAll String id,
            @ForAll String source,
            @ForAll String subject,
            @ForAll String time) {
        var headers = headers();
        headers.put("ce_id", id);
        headers.put("ce_source", source);
        headers.put("ce_subject", subject);
        headers.put("ce_time", time);

        var decoded = RecordDecoder.decode(Topic.EXCHANGE_EVENTS, record(headers, value));

        assertThat(decoded).isNotNull();
    }

    @Test
    void aRecordWithoutHeadersAndValueIsTakenToo() {
        var decoded = RecordDecoder.decode(Topic.EXCHANGE_EVENTS, record(Map.of(), null));

        assertThat(decoded).isNotNull();
    }

    @Test
    void aRecordOfAnUnknownTimeIsTakenToo() {
        var record = record(headers(), RETRACTION, -1);

        assertThat(RecordDecoder.decode(Topic.EXCHANGE_EVENTS, record)).isNotNull();
    }

    @Test
    void aTimeOutOfTheCalendarIsNone() {
        var headers = headers();
        headers.put("ce_time", "+294277-06-01T00:00:00Z");

        var decoded = RecordDecoder.decode(Topic.EXCHANGE_EVENTS, record(headers, RETRACTION));

        assertThat(decoded.content()).isInstanceOf(LogRecord.Content.Illegible.class);
    }

    private static Map<String, String> headers() {
        var headers = new LinkedHashMap<String, String>();
        headers.put("ce_id", "e-1");
        headers.put("ce_source", "/publishers/paper");
        headers.put("ce_type", "exchange.retracted");
        headers.put("ce_subject", "x-1");
        headers.put("ce_time", "2025-07-17T12:00:00Z");
        return headers;
    }

    private static ConsumerRecord<byte[], byte[]> record(
            Map<String, String> headers, byte @Nullable [] value) {
        return record(headers, value, 1_752_753_600_000L);
    }

    @SuppressWarnings("NullAway") // Kafka's records hold nulls.
    private static ConsumerRecord<byte[], byte[]> record(
            Map<String, String> headers, byte @Nullable [] value, long timestamp) {
        var kafkaHeaders = new RecordHeaders();
        headers.forEach((name, text) -> kafkaHeaders.add(name, text.getBytes(UTF_8)));
        return new ConsumerRecord<>(
                "exchange-events",
                0,
                0,
                timestamp,
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                null,
                value,
                kafkaHeaders,
                Optional.empty());
    }
}
