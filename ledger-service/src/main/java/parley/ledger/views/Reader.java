package parley.ledger.views;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Asks PostgreSQL. Within a transaction, every question sees the books at one position.
@ApplicationScoped
public class Reader {
    /// The last is of a generation that was dropped while it was read.
    private static final Set<String> AWAY = Set.of("08", "25", "40", "53", "57", "58", "42P01");

    private static final int CAUSES_MAX = 20;

    private final DataSource books;

    Reader(DataSource books) {
        this.books = books;
    }

    /// What one row says.
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /// All rows, in their order.
    ///
    /// @throws BooksAwayException where PostgreSQL does not answer
    public <T> List<T> list(String sql, Row<T> row, @Nullable Object... parameters) {
        try (var connection = books.getConnection();
                var select = connection.prepareStatement(sql)) {
            for (int parameter = 0; parameter < parameters.length; parameter++) {
                select.setObject(parameter + 1, parameters[parameter]);
            }
            var list = new ArrayList<T>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    list.add(row.read(rows));
                }
            }
            return list;
        } catch (SQLException failure) {
            throw isAway(failure)
                    ? new BooksAwayException(failure)
                    : new IllegalStateException("The books cannot be asked that", failure);
        }
    }

    /// Likewise, of a question that was put together.
    public <T> List<T> list(Query query, Row<T> row) {
        return list(query.sql(), row, query.parameters().toArray());
    }

    /// Whether it is the server that fails, and not the question.
    private static boolean isAway(SQLException failure) {
        String state = failure.getSQLState();
        return state == null || AWAY.stream().anyMatch(state::startsWith);
    }

    /// Whether it is the server that fails, somewhere behind this. What a commit failed of, the
    /// transaction's own failure has beside it.
    static boolean isAway(Throwable failure) {
        return causes(failure)
                .flatMap(it -> Stream.concat(Stream.of(it), Arrays.stream(it.getSuppressed())))
                .flatMap(Reader::causes)
                .anyMatch(it -> it instanceof SQLException sql && isAway(sql));
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(CAUSES_MAX);
    }

    /// The first row, if there is one.
    public <T> Optional<T> first(String sql, Row<T> row, @Nullable Object... parameters) {
        return list(sql, row, parameters).stream().findFirst();
    }

    /// A moment, or null.
    public static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime moment = row.getObject(column, OffsetDateTime.class);
        return moment == null ? null : moment.toInstant();
    }
}
