package parley.ledger.door;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.logging.json.runtime.JsonFormatter;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;

/// What a part of the service logs, debugging included, as the JSON that it is logged as.
final class LoggedLines extends Handler implements AutoCloseable {
    private final JsonFormatter formatter = new JsonFormatter();
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Logger logger;

    LoggedLines(String category) {
        logger = Logger.getLogger(category);
        logger.setLevel(Level.FINE);
        logger.addHandler(this);
    }

    List<JsonNode> lines() {
        return lines.stream().map(Answer::json).toList();
    }

    @Override
    public void publish(LogRecord record) {
        lines.add(formatter.format(ExtLogRecord.wrap(record)));
    }

    @Override
    public void flush() {
        // Every line is there at once.
    }

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setLevel(null);
    }
}
