package parley.bench.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import parley.bench.fold.Account;
import parley.bench.fold.Figure;
import parley.bench.fold.Totals;
import parley.contract.Category;
import parley.local.GeneratedLog;
import parley.local.QuarkusService;
import parley.stack.Database;

/// A ledger-service as it is packaged, over a database of its own.
public final class Ledger implements AutoCloseable {
    /// Where the totals of a generated log are read.
    public static final String TOTALS = "/v1/conflicts/" + GeneratedLog.CONFLICT + "/totals";

    /// Where they are listened to.
    public static final String STREAM = "/v1/stream?conflict=" + GeneratedLog.CONFLICT;

    private static final int OK = 200;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Lab lab;
    private final QuarkusService service;
    private final URI address;
    private final Database database;

    Ledger(Lab lab, QuarkusService service, URI address, Database database) {
        this.lab = lab;
        this.service = service;
        this.address = address;
        this.database = database;
    }

    public QuarkusService service() {
        return service;
    }

    public URI address() {
        return address;
    }

    public Database database() {
        return database;
    }

    /// Starts it, and returns when it has read the whole log.
    ///
    /// @return how its first generation went from the first commit to the last
    public CatchUp catchUp(long records) throws SQLException {
        service.launch();
        CatchUp caughtUp;
        try (Connection connection = connection()) {
            caughtUp = CatchUp.await(connection, 1, records, service.process()::isAlive);
        }
        service.awaitReady();
        return caughtUp;
    }

    /// A connection to its books.
    public Connection connection() throws SQLException {
        return DriverManager.getConnection(
                database.jdbcUrl(), database.user(), database.password());
    }

    /// What it answers; anything but 200 is an error.
    public HttpResponse<String> get(String path, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address.resolve(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        var answer = lab.http().send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() != OK) {
            throw new IOException(path + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer;
    }

    /// The per-side totals, as it publishes them.
    public Totals totals() throws IOException, InterruptedException {
        JsonNode totals = JSON.readTree(get(TOTALS).body());
        var figures = new HashMap<Account, Figure>();
        for (JsonNode party : totals.path("parties")) {
            for (JsonNode category : party.path("totals")) {
                put(figures, party, category, true);
                put(figures, party, category, false);
            }
        }
        return new Totals(figures);
    }

    private static void put(
            Map<Account, Figure> figures, JsonNode party, JsonNode category, boolean isReceived) {
        JsonNode figure = category.path(isReceived ? "received" : "handedOver");
        var stated =
                new Figure(
                        figure.path("best").asLong(),
                        figure.path("low").asLong(),
                        figure.path("high").asLong(),
                        figure.path("disputed").asLong(),
                        figure.path("unstated").asLong());
        if (!stated.equals(Figure.NONE)) {
            figures.put(
                    new Account(
                            party.path("party").asText(),
                            isReceived,
                            category(category.path("category").asText())),
                    stated);
        }
    }

    private static Category category(String wire) {
        for (Category category : Category.values()) {
            if (category.wire().equals(wire)) {
                return category;
            }
        }
        throw new IllegalArgumentException("no category " + wire);
    }

    /// The most memory that the process has had so far, in MiB.
    public double peakMemory() throws IOException {
        return Memory.peakMebibytes(service.process().pid());
    }

    public void stop() {
        service.stop();
    }

    /// Stops it and drops its database.
    @Override
    public void close() throws SQLException {
        stop();
        lab.drop(database);
    }
}
