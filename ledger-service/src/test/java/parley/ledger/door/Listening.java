package parley.ledger.door;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;

/// What a stream says of one conflict, line by line.
final class Listening implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final HttpResponse<Stream<String>> response;

    Listening(String conflict, String... headers) throws IOException, InterruptedException {
        String port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", String.class);
        var request =
                HttpRequest.newBuilder(
                        URI.create(
                                "http://localhost:%s/v1/stream?conflict=%s"
                                        .formatted(port, conflict)));
        for (int index = 0; index < headers.length; index += 2) {
            request.header(headers[index], headers[index + 1]);
        }
        response = http.send(request.build(), BodyHandlers.ofLines());
        Thread.startVirtualThread(() -> response.body().forEach(lines::add));
    }

    String contentType() {
        return response.headers().firstValue("Content-Type").orElse("");
    }

    /// What was said under that name.
    List<String> of(String field) {
        return lines.stream()
                .filter(line -> line.startsWith(field + ":"))
                .map(line -> line.substring(field.length() + 1).strip())
                .toList();
    }

    /// What says nothing but that the line is not dead.
    List<String> heartbeats() {
        return of("");
    }

    /// Of each event, what the first party received of its first category.
    List<String> bests() {
        return of("data").stream()
                .map(it -> Answer.json(it).at("/parties/0/totals/0/received/best").asText())
                .toList();
    }

    void awaitBest(String best) {
        await().atMost(PATIENCE)
                .until(this::bests, bests -> !bests.isEmpty() && bests.getLast().equals(best));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
