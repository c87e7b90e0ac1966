package parley.contract;

import java.util.Arrays;
import java.util.Optional;

/// A topic of the log.
public enum Topic {
    CONFLICTS("conflicts", 'f'),
    EXCHANGE_EVENTS("exchange-events", 'e'),
    CLAIM_EVENTS("claim-events", 'c');

    private final String wire;
    private final char letter;

    Topic(String wire, char letter) {
        this.wire = wire;
        this.letter = letter;
    }

    /// The topic's name on the broker.
    public String wire() {
        return wire;
    }

    /// What stands for the topic in a [LogPosition].
    char letter() {
        return letter;
    }

    /// The topic of that name on the broker.
    public static Optional<Topic> of(String wire) {
        return Arrays.stream(values()).filter(topic -> topic.wire.equals(wire)).findFirst();
    }
}
