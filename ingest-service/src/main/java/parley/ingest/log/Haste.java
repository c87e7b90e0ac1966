package parley.ingest.log;

/// How soon an event is to go out.
public enum Haste {
    /// By itself: its sender waits for it alone.
    AT_ONCE("events"),
    /// With others, a few milliseconds later: compressed together they cost a third.
    IN_BULK("bulk-events");

    private final String channel;

    Haste(String channel) {
        this.channel = channel;
    }

    /// The channel whose producer sends it: see `mp.messaging.outgoing` in the configuration.
    String channel() {
        return channel;
    }
}
