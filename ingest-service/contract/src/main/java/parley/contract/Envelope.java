package parley.contract;

import java.time.Instant;

/// The CloudEvents attributes of an event.
///
/// `source`, `subject` and `id` together name it: a second one that carries all three is the same.
///
/// @param id the publisher's idempotency key, or one that ingest made
/// @param source `/publishers/{publisher}`
/// @param subject the id of the exchange, agreement, claim or conflict
/// @param time when ingest accepted it
/// @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md">CloudEvents
// 1.0</a>
public record Envelope(
        String id,
        String source,
        EventType type,
        String subject,
        Instant time,
        Authority authority) {
    public Envelope {
        plain(id, "id", ID_LENGTH_MAX);
        plain(source, "source", SOURCE_LENGTH_MAX);
        Required.id(subject, "subject");
    }

    /// How long an idempotency key may be.
    public static final int ID_LENGTH_MAX = 256;

    private static final int SOURCE_LENGTH_MAX = 512;

    /// What a `source` begins with; the publisher's name follows.
    public static final String PUBLISHERS = "/publishers/";

    private static void plain(String value, String attribute, int lengthMax) {
        if (value.isEmpty() || value.length() > lengthMax || hasControlCharacter(value)) {
            throw new IllegalArgumentException(
                    "The attribute `%s` is not 1 to %d characters without control characters."
                            .formatted(attribute, lengthMax));
        }
    }

    private static boolean hasControlCharacter(String value) {
        for (int index = 0; index < value.length(); index++) {
            if (Character.isISOControl(value.charAt(index))) {
                return true;
            }
        }
        return false;
    }

    /// The newsroom system that sent the event.
    public String publisher() {
        return publisher(source);
    }

    /// The newsroom system that a `source` names.
    public static String publisher(String source) {
        return source.startsWith(PUBLISHERS) ? source.substring(PUBLISHERS.length()) : source;
    }
}
