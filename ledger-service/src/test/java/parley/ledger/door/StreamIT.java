package parley.ledger.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static parley.ledger.door.Story.transfer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
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
import org.junit.jupiter.api.Test;

/// Who listens hears of each change.
@QuarkusTest
@QuarkusTestResource(LogAndBooks.class)
class StreamIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Story story = Story.ofConflict();

    /// What a stream says, line by line.
    private final class Listening implements AutoCloseable {
        private final HttpClient http = HttpClient.newHttpClient();
        private final Queue<String> lines = new ConcurrentLinkedQueue<>();
        private final HttpResponse<Stream<String>> response;

        Listening(String... headers) throws Exception {
            String port =
                    ConfigProvider.getConfig().getValue("quarkus.http.test-port", String.class);
            var request =
                    HttpRequest.newBuilder(
                            URI.create(
                                    "http://localhost:%s/v1/stream?conflict=%s"
                                            .formatted(port, story.conflict)));
            for (int index = 0; index < headers.length; index += 2) {
                request.header(headers[index], headers[index + 1]);
            }
            response = http.send(request.build(), BodyHandlers.ofLines());
            Thread.startVirtualThread(() -> response.body().forEach(lines::add));
        }

        List<String> of(String field) {
            return lines.stream()
                    .filter(line -> line.startsWith(field + ":"))
                    .map(line -> line.substring(field.length() + 1).strip())
                    .toList();
        }

        void awaitBest(String best) {
            await().atMost(PATIENCE)
                    .until(() -> of("data"), data -> !data.isEmpty() && best(data).equals(best));
        }

        private String best(List<String> data) {
            return Answer.json(data.getLast()).at("/parties/0/totals/0/received/best").asText();
        }

        @Override
        public void close() {
            http.shutdownNow();
        }
    }

    @Test
    void theTotalsAreToldAtOnceAndWheneverTheyChange() throws Exception {
        report("x", 1000);
        Answer now = story.ours("/totals");
        try (var listening = new Listening()) {
            listening.awaitBest("1000");
            assertThat(listening.response.headers().firstValue("Content-Type").orElse(""))
                    .startsWith("text/event-stream");
            assertThat(listening.of("event")).containsExactly("totals");
            assertThat(Answer.json(listening.of("data").getFirst())).isEqualTo(now.json());
            assertThat(listening.of("id")).containsExactly(now.text("/position"));

            report("y", 1);

            listening.awaitBest("1001");
        }
    }

    @Test
    void whatChangesNoTotalIsNotTold() throws Exception {
        report("x", 1000);
        try (var listening = new Listening()) {
            listening.awaitBest("1000");

            story.paper().claims(story.id("c"), story.countClaim(story.id("x"), "Ann", 1000));
            story.ours("/totals");
            report("y", 1);

            listening.awaitBest("1001");
            assertThat(listening.of("event")).hasSize(2);
        }
    }

    @Test
    void whoComesAgainHearsOnlyWhatIsNewer() throws Exception {
        report("x", 1000);
        String last;
        try (var listening = new Listening()) {
            listening.awaitBest("1000");
            last = listening.of("id").getLast();
        }
        try (var again = new Listening("Last-Event-ID", last)) {
            report("y", 1);
            again.awaitBest("1001");
            assertThat(again.of("event")).hasSize(1);
        }
        try (var late = new Listening("Last-Event-ID", last)) {
            late.awaitBest("1001");
        }
    }

    @Test
    void whoDoesNotSayOfWhatOrOfWhatThereIsNotIsTold() {
        assertThat(Story.askNow("/v1/stream").status()).isEqualTo(400);
        assertThat(Story.askNow("/v1/stream").text("/parameter")).isEqualTo("conflict");
        assertThat(Story.askNow("/v1/stream?conflict=nowhere").status()).isEqualTo(404);
    }

    private void report(String name, int count) {
        story.paper()
                .reports(
                        story.id(name),
                        story.exchange("2025-07-17", transfer("RU", "UA", "remains", count)));
        assertThat(story.ours("/totals").status()).isEqualTo(200);
    }
}
