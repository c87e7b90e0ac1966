package parley.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.awaitility.Awaitility;

/// Both services of one system, as those around them use them.
final class Answers implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int OK = 200;

    private final LocalSystem system;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper json = new ObjectMapper();

    Answers(LocalSystem system) {
        this.system = system;
    }

    /// What the ledger answers, as it stands; the path may be a whole address.
    String text(String path) {
        try {
            var answer = send(HttpRequest.newBuilder(system.ledger().resolve(path)).build());
            if (answer.statusCode() != OK) {
                throw new AssertionError(path + ": " + answer.statusCode() + " " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }

    JsonNode get(String path) {
        return read(text(path));
    }

    /// Shows each page of a list to `reader`, the first one first.
    void pages(String path, Consumer<String> reader) {
        var next = path;
        while (!next.isEmpty()) {
            var page = text(next);
            reader.accept(page);
            next = read(page).path("next").asText("");
        }
    }

    /// All items of a list, from all of its pages.
    List<JsonNode> all(String path) {
        var items = new ArrayList<JsonNode>();
        pages(path, page -> read(page).path("items").forEach(items::add));
        return items;
    }

    /// Returns when the ledger has read so far.
    void awaitRead(String position) {
        var request =
                HttpRequest.newBuilder(system.ledger().resolve("/v1/conflicts"))
                        .header("Ledger-Position", position)
                        .build();
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .atMost(PATIENCE)
                .until(() -> send(request).statusCode() == OK);
    }

    /// What ingest answers to that caller.
    HttpResponse<String> tell(
            String method, String path, String caller, String body, String... headers)
            throws IOException {
        var request =
                HttpRequest.newBuilder(system.ingest().resolve(path))
                        .header("Authorization", "Bearer " + system.token(caller))
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    /// Sends a stream of events, each a line.
    HttpResponse<String> tellAll(BodyPublisher events) throws IOException {
        return send(
                HttpRequest.newBuilder(system.ingest().resolve("/v1/events"))
                        .header("Authorization", "Bearer " + system.token("editor"))
                        .header("Content-Type", "application/x-ndjson")
                        .POST(events)
                        .build());
    }

    HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    HttpRequest audit() {
        return HttpRequest.newBuilder(URI.create(system.ledger() + "/v1/audit")).build();
    }

    HttpRequest generations() {
        return HttpRequest.newBuilder(URI.create(system.ledger() + "/v1/generations")).build();
    }

    JsonNode read(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
