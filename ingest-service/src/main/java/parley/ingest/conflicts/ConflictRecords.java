package parley.ingest.conflicts;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import parley.contract.Authority;
import parley.contract.Conflict;
import parley.contract.EventCodec;
import parley.contract.EventType;
import parley.contract.LedgerEvent.ConflictDefined;
import parley.contract.UnreadableEventException;
import parley.ingest.log.EventFields;
import parley.ingest.statement.Names;

/// Takes definitions out of records. One that is none is passed over: what is on the log for good
/// must not keep the service from starting.
@Singleton
final class ConflictRecords {
    private final DefinedConflicts conflicts;
    private final Counter passedOver;

    ConflictRecords(DefinedConflicts conflicts, MeterRegistry metrics) {
        this.conflicts = conflicts;
        this.passedOver =
                Counter.builder("parley.conflicts.passed.over")
                        .description("Records of the conflicts topic that define no conflict")
                        .register(metrics);
    }

    void apply(Iterable<ConsumerRecord<String, byte[]>> records) {
        for (ConsumerRecord<String, byte[]> record : records) {
            try {
                conflicts.apply(record.key(), definition(record), record.offset());
            } catch (UnreadableEventException | IllegalArgumentException none) {
                passedOver.increment();
                try (EventFields _ = fields(record)) {
                    Log.warnf(
                            "The record at %s-%d offset %d defines no conflict, so it is passed over: %s",
                            record.topic(), record.partition(), record.offset(), none.getMessage());
                }
            }
        }
    }

    private static EventFields fields(ConsumerRecord<String, byte[]> record) {
        return new EventFields(header(record, "ce_id"), header(record, "ce_source"), record.topic())
                .at(record.partition(), record.offset());
    }

    private static Conflict definition(ConsumerRecord<String, byte[]> record)
            throws UnreadableEventException {
        if (record.key() == null || record.value() == null || !Names.isId(record.key())) {
            throw new IllegalArgumentException("its key is no id, or it has no value");
        }
        if (!EventType.CONFLICT_DEFINED.wire().equals(header(record, "ce_type"))) {
            throw new IllegalArgumentException("it is of another type");
        }
        if (!Authority.EDITOR.wire().equals(header(record, "ce_authority"))) {
            throw new IllegalArgumentException("it was not sent by an editor");
        }
        return EventCodec.read(EventType.CONFLICT_DEFINED, record.value())
                        instanceof ConflictDefined(Conflict conflict)
                ? conflict
                : unexpected();
    }

    private static Conflict unexpected() {
        throw new IllegalStateException("A definition was read as something else");
    }

    private static @Nullable String header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    }
}
