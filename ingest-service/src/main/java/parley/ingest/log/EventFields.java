package parley.ingest.log;

import java.util.List;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/// Which event the log lines of this thread are about, until it is closed: fields of the lines
/// (`mdc`) where logs are JSON. It tells which one it is and where it stands, and nothing it says.
public final class EventFields implements AutoCloseable {
    private static final String ID = "eventId";
    private static final String SOURCE = "source";
    private static final String TOPIC = "topic";
    private static final String PARTITION = "partition";
    private static final String OFFSET = "offset";

    /// @param id null where it has none
    /// @param source null likewise
    public EventFields(@Nullable String id, @Nullable String source, String topic) {
        put(ID, id);
        put(SOURCE, source);
        put(TOPIC, topic);
    }

    /// Where on its topic it stands.
    public EventFields at(int partition, long offset) {
        put(PARTITION, Integer.toString(partition));
        put(OFFSET, Long.toString(offset));
        return this;
    }

    private static void put(String name, @Nullable String value) {
        if (value != null) {
            MDC.put(name, value);
        }
    }

    @Override
    public void close() {
        List.of(ID, SOURCE, TOPIC, PARTITION, OFFSET).forEach(MDC::remove);
    }
}
