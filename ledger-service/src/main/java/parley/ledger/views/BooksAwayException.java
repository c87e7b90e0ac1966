package parley.ledger.views;

import java.io.Serial;
import java.sql.SQLException;

/// PostgreSQL does not answer now.
public final class BooksAwayException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    BooksAwayException(SQLException cause) {
        super(cause);
    }
}
