package parley.ledger.books;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.postgresql.PGConnection;

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

    /// Has a connection find the tables of that schema.
    static void enter(Connection connection, String schema) throws SQLException {
        // Known without asking from PostgreSQL 18 on, and asked for anew by older ones.
        String path = connection.unwrap(PGConnection.class).getParameterStatus("search_path");
        if (!schema.equals(path)) {
            connection.setSchema(schema);
        }
    }
}
