package parley.ledger.books;

import java.time.Instant;

/// One building of the books from the log, in a schema of its own.
///
/// @param number from 1 on; a number is never given twice
/// @param projection which way of counting it follows: replicas feed only those that follow theirs
/// @param startedAt when it was begun
public record Generation(int number, String projection, Instant startedAt) {
    /// The schema that holds its books.
    String schema() {
        return schema(number);
    }

    static String schema(int number) {
        return "g" + number;
    }
}
