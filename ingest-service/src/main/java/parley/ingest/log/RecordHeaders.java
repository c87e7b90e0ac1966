package parley.ingest.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import parley.contract.Envelope;
import parley.contract.EventType;

/// The envelope as headers: CloudEvents 1.0 in Kafka's binary content mode.
final class RecordHeaders {
    private static final Header SPEC_VERSION = header("ce_specversion", "1.0");
    private static final Header CONTENT_TYPE = header("content-type", "application/json");
    private static final TextMapSetter<Headers> SETTER =
            (headers, name, value) -> {
                if (headers != null) {
                    headers.add(header(name, value));
                }
            };

    private final Map<EventType, Header> types = new EnumMap<>(EventType.class);
    private final Map<EventType, Header> schemas = new EnumMap<>(EventType.class);

    RecordHeaders(String publicUrl) {
        for (EventType type : EventType.values()) {
            types.put(type, header("ce_type", type.wire()));
            schemas.put(type, header("ce_dataschema", publicUrl + "/v1/schemas/" + type.wire()));
        }
    }

    ProducerRecord<String, byte[]> record(Envelope envelope, byte[] value, Context trace) {
        var record =
                new ProducerRecord<>(envelope.type().topic().wire(), envelope.subject(), value);
        Headers headers = record.headers();
        headers.add(SPEC_VERSION)
                .add(header("ce_id", envelope.id()))
                .add(header("ce_source", envelope.source()))
                .add(of(types, envelope.type()))
                .add(header("ce_subject", envelope.subject()))
                .add(header("ce_time", envelope.time().truncatedTo(ChronoUnit.MILLIS).toString()))
                .add(of(schemas, envelope.type()))
                .add(header("ce_authority", envelope.authority().wire()))
                .add(CONTENT_TYPE);
        W3CTraceContextPropagator.getInstance().inject(trace, headers, SETTER);
        return record;
    }

    private static Header of(Map<EventType, Header> headers, EventType type) {
        return Optional.ofNullable(headers.get(type)).orElseThrow();
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(UTF_8));
    }
}
