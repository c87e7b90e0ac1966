package parley.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataLoaderIT {
    private static final String ALL_ACCEPTED =
            "{\"accepted\":2,\"rejected\":0,\"position\":\"p7\",\"problems\":[]}";
    private static final String ONE_REJECTED =
            "{\"accepted\":1,\"rejected\":1,\"position\":\"p6\","
                    + "\"problems\":[{\"line\":2,\"detail\":\"no such party\"}]}";

    private record Answer(int status, String body) {}

    @TempDir Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Queue<Answer> answers = new ArrayDeque<>();
    private HttpServer services;
    private DataLoader loader;

    @BeforeEach
    void serve() throws IOException {
        services =
                HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        services.createContext("/v1/events", this::ingest);
        services.createContext("/v1/conflicts", this::ledger);
        services.start();
        var state = new StateDirectory(folder.resolve("state"));
        Tokens.write(state, Keys.of(state).tokens());
        var address = URI.create("http://127.0.0.1:" + services.getAddress().getPort());
        var console = new Console(new PrintStream(printed, true, StandardCharsets.UTF_8));
        loader = new DataLoader(state, HttpClient.newHttpClient(), address, address, console);
        Files.writeString(folder.resolve("events.ndjson"), "{}\n{}\n");
    }

    @AfterEach
    void stop() {
        services.stop(0);
    }

    @Test
    void whatIsOnTheLogIsNotSentAgainUntilItIsAnother() throws IOException {
        answers.add(new Answer(200, ALL_ACCEPTED));
        answers.add(new Answer(200, ALL_ACCEPTED));

        loader.load(folder);
        loader.load(folder);
        Files.writeString(folder.resolve("events.ndjson"), "{}\n{}\n{}\n");
        loader.load(folder);

        assertThat(requests)
                .containsExactly("2 events", "read p7", "read p7", "3 events", "read p7");
    }

    @Test
    void whatWasRejectedIsShownAndSentAgainNextTime() {
        answers.add(new Answer(200, ONE_REJECTED));
        answers.add(new Answer(200, ALL_ACCEPTED));

        loader.load(folder);
        loader.load(folder);

        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("WARNING", "no such party");
        assertThat(requests).containsExactly("2 events", "read p6", "2 events", "read p7");
    }

    @Test
    void aServiceThatCannotAnswerNowIsAskedAgain() {
        answers.add(new Answer(503, "{}"));
        answers.add(new Answer(200, ALL_ACCEPTED));

        loader.load(folder);

        assertThat(requests).containsExactly("2 events", "2 events", "read p7");
    }

    private void ingest(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(body.lines().count() + " events");
        reply(exchange, answers.remove());
    }

    private void ledger(HttpExchange exchange) throws IOException {
        requests.add("read " + exchange.getRequestHeaders().getFirst("Ledger-Position"));
        reply(exchange, new Answer(200, "{}"));
    }

    private static void reply(HttpExchange exchange, Answer answer) throws IOException {
        try (exchange) {
            var body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Retry-After", "0");
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
