package parley.ledger.books;

import java.util.List;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/// Which record the log lines of this thread are about, until it is closed: fields of the lines
/// (`mdc`) where logs are JSON. It tells which event it is and where it stands, and nothing it
/// says.
final class EventFields implements AutoCloseable {
    private static final String ID = "eventId";
    private static final String SOURCE = "source";
    private static final String TOPIC = "topic";
    private static final String PARTITION = "partition";
    private static final String OFFSET = "offset";

    EventFields(LogRecord record) {
        put(ID, record.attributes().id());
        put(SOURCE, record.attributes().source());
        put(TOPIC, record.at().topic().wire());
        put(PARTITION, Integer.toString(record.at().partition()));
        put(OFFSET, Long.toString(record.at().offset()));
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
