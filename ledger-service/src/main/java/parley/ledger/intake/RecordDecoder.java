package parley.ledger.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import parley.contract.Authority;
import parley.contract.Envelope;
import parley.contract.EventCodec;
import parley.contract.EventType;
import parley.contract.Topic;
import parley.contract.UnreadableEventException;
import parley.ledger.books.LogRecord;
import parley.ledger.books.LogRecord.Attributes;
import parley.ledger.books.LogRecord.Content;
import parley.ledger.books.LogRecord.Content.Illegible;
import parley.ledger.books.LogRecord.Content.Legible;
import parley.ledger.fold.Coordinates;

/// Reads a record as a CloudEvent in Kafka's binary content mode. Whatever it holds, it becomes
/// something that the books can take.
///
/// @see "CloudEvents 1.0.2, Kafka Protocol Binding"
final class RecordDecoder {
    /// What of an attribute is kept where it is no attribute of an event.
    private static final int KEPT_LENGTH_MAX = 512;

    private static final Instant FIRST_MOMENT = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST_MOMENT = Instant.parse("9999-12-31T23:59:59Z");

    private RecordDecoder() {}

    static LogRecord decode(Topic topic, ConsumerRecord<byte[], byte[]> record) {
        var at = new Coordinates(topic, record.partition(), record.offset());
        long latest = LAST_MOMENT.toEpochMilli();
        Instant appendedAt = Instant.ofEpochMilli(Math.clamp(record.timestamp(), 0, latest));
        String time = header(record, "ce_time");
        var attributes =
                new Attributes(
                        header(record, "ce_id"),
                        header(record, "ce_source"),
                        header(record, "ce_type"),
                        header(record, "ce_subject"),
                        time == null ? appendedAt : instant(time),
                        header(record, "ce_authority"));
        return new LogRecord(
                at,
                appendedAt,
                kept(attributes),
                record.value(),
                content(topic, attributes, record.value()));
    }

    private static Content content(Topic topic, Attributes attributes, byte @Nullable [] value) {
        String type = attributes.type();
        if (type == null) {
            return new Illegible("The record has no `ce_type`: it is not a CloudEvent.");
        }
        EventType known = EventType.of(type).orElse(null);
        if (known == null) {
            return new Illegible("The type `" + kept(type) + "` is not one of the contract.");
        }
        if (known.topic() != topic) {
            return new Illegible(
                    "A `%s` belongs on the topic `%s`.".formatted(type, known.topic().wire()));
        }
        if (value == null) {
            return new Illegible("The record has no value.");
        }
        try {
            return new Legible(envelope(known, attributes), EventCodec.read(known, value));
        } catch (UnreadableEventException | IllegalArgumentException refused) {
            return new Illegible(kept(String.valueOf(refused.getMessage())));
        }
    }

    private static Envelope envelope(EventType type, Attributes attributes) {
        return new Envelope(
                required(attributes.id(), "ce_id"),
                required(attributes.source(), "ce_source"),
                type,
                required(attributes.subject(), "ce_subject"),
                required(attributes.time(), "a readable ce_time"),
                authority(attributes.authority()));
    }

    private static <T> T required(@Nullable T value, String attribute) {
        if (value == null) {
            throw new IllegalArgumentException("The record has no " + attribute + ".");
        }
        return value;
    }

    /// Who does not say that an editor sent it has the rights of a publisher.
    private static Authority authority(@Nullable String wire) {
        return Authority.EDITOR.wire().equals(wire) ? Authority.EDITOR : Authority.PUBLISHER;
    }

    private static @Nullable Instant instant(String time) {
        try {
            Instant instant = OffsetDateTime.parse(time).toInstant();
            return inCalendar(instant) ? instant : null;
        } catch (DateTimeParseException unreadable) {
            return null;
        }
    }

    /// What both Java and PostgreSQL can write down.
    private static boolean inCalendar(Instant instant) {
        return instant.isAfter(FIRST_MOMENT) && instant.isBefore(LAST_MOMENT);
    }

    private static @Nullable String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    }

    private static Attributes kept(Attributes sent) {
        return new Attributes(
                keptOrNone(sent.id()),
                keptOrNone(sent.source()),
                keptOrNone(sent.type()),
                keptOrNone(sent.subject()),
                sent.time(),
                Authority.EDITOR.wire().equals(sent.authority())
                        ? Authority.EDITOR.name()
                        : Authority.PUBLISHER.name());
    }

    private static @Nullable String keptOrNone(@Nullable String sent) {
        return sent == null ? null : kept(sent);
    }

    /// PostgreSQL takes no NUL, and an index no text without an end.
    private static String kept(String sent) {
        String cut = sent.length() > KEPT_LENGTH_MAX ? sent.substring(0, KEPT_LENGTH_MAX) : sent;
        return cut.replace('\0', '\uFFFD');
    }
}
