package parley.ledger.intake;

import java.io.Serial;

/// The broker does not answer now.
public final class LogAwayException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    LogAwayException(Exception cause) {
        super("Kafka does not answer", cause);
    }
}
