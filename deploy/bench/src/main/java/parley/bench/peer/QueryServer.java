package parley.bench.peer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Asks PostgreSQL for the kept totals, by their key, for each request, and writes what it says as
/// JSON. It does not ask how many exchanges there are, nor when the last one was, which is dearer.
public final class QueryServer {
    private static final int CONNECTIONS = 16;
    private static final String SUMS =
            """
            select party, direction, category, best, low, high, disputed, unstated
            from account
            where conflict = ? and transfers > 0
            """;

    private final BlockingQueue<PreparedStatement> statements =
            new ArrayBlockingQueue<>(CONNECTIONS);
    private final ObjectMapper json = new ObjectMapper();
    private final String conflict;

    private QueryServer(String conflict) {
        this.conflict = conflict;
    }

    private record Sum(
            String party,
            String direction,
            int category,
            long best,
            long low,
            long high,
            long disputed,
            long unstated) {}

    /// `TOLD JDBC_URL USER PASSWORD SCHEMA CONFLICT`; tells its port.
    public static void main(String... arguments) throws Exception {
        var server = new QueryServer(arguments[5]);
        for (int number = 0; number < CONNECTIONS; number++) {
            Connection connection =
                    DriverManager.getConnection(arguments[1], arguments[2], arguments[3]);
            connection.setSchema(arguments[4]);
            server.statements.add(connection.prepareStatement(SUMS));
        }
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        Servers.serve(
                Path.of(arguments[0]),
                request ->
                        threads.execute(
                                () ->
                                        request.response()
                                                .putHeader("Content-Type", "application/json")
                                                .end(Buffer.buffer(server.answer()))));
    }

    private byte[] answer() {
        try {
            PreparedStatement select = statements.take();
            try {
                return json.writeValueAsBytes(sums(select));
            } finally {
                statements.put(select);
            }
        } catch (SQLException | JsonProcessingException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private List<Sum> sums(PreparedStatement select) throws SQLException {
        select.setString(1, conflict);
        var sums = new ArrayList<Sum>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                sums.add(
                        new Sum(
                                rows.getString("party"),
                                rows.getInt("direction") == 0 ? "received" : "handedOver",
                                rows.getInt("category"),
                                rows.getLong("best"),
                                rows.getLong("low"),
                                rows.getLong("high"),
                                rows.getLong("disputed"),
                                rows.getLong("unstated")));
            }
        }
        return sums;
    }
}
