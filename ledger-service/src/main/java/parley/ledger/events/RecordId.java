package parley.ledger.events;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import parley.contract.Topic;

/// The coordinates of a record.
@Embeddable
public record RecordId(
        @Column(columnDefinition = "smallint") Topic topic,
        @Column int partition,
        @Column(name = "\"offset\"") long offset) {}
