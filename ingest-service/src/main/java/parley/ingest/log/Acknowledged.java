package parley.ingest.log;

import parley.contract.LogPosition;
import parley.contract.Topic;

/// Where on the log an event stands, once all in-sync replicas have it.
public record Acknowledged(Topic topic, int partition, long offset) {
    /// The position of a reader that has read the event.
    public LogPosition position() {
        return LogPosition.behind(topic, partition, offset);
    }
}
