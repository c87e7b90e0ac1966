package parley.ledger.events;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What was held to have become of a record, before a later definition turned it.
@Embeddable
record FormerOutcome(
        @Column(name = "known_from") Instant knownFrom,
        @Column(name = "known_to") Instant knownTo,
        String outcome,
        @Nullable String reason) {
    boolean isHeldAt(Instant moment) {
        return !moment.isBefore(knownFrom) && moment.isBefore(knownTo);
    }
}
