package parley.ledger.door;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.eclipse.microprofile.config.ConfigProvider;

/// One conflict that no other test has, who speaks of it, and what its readers are told. Ids are
/// this story's own, since the log is one for all.
final class Story {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final AtomicInteger STORIES = new AtomicInteger();
    private static final String SOURCES =
            """
            [{"title":"Report","publisher":"Agency","url":"https://example.org/1"}]""";

    private final int number = STORIES.incrementAndGet();
    private int sent;

    final String conflict = id("war");

    /// A story whose conflict is defined.
    static Story ofConflict() {
        var story = new Story();
        story.define("UA", "RU");
        return story;
    }

    /// The sides as given, and a third party.
    void define(String... sides) {
        var parties = new StringBuilder();
        for (String side : sides) {
            parties.append(
                    """
                    {"party":"%s","name":"Name of %s","role":"side"},"""
                            .formatted(side, side));
        }
        editor().sends(
                        "conflict.defined",
                        conflict,
                        """
                        {"name":"War","since":"2022-02-24","parties":[
                         {"party":"TR","name":"Name of TR","role":"third"},%s]}
                        """
                                .formatted(parties.substring(0, parties.length() - 1)));
    }

    String id(String name) {
        return name + "-" + number;
    }

    Sender paper() {
        return new Sender("paper", "publisher", "");
    }

    Sender rival() {
        return new Sender("rival", "publisher", "");
    }

    Sender editor() {
        return new Sender("desk", "editor", "");
    }

    String exchange(String day, String... transfers) {
        return exchangeUnder("", day, transfers);
    }

    String exchangeUnder(String agreement, String day, String... transfers) {
        return """
        {"conflict":"%s","occurredOn":"%s",%s"transfers":[%s],"sources":%s}"""
                .formatted(
                        conflict,
                        day,
                        agreement.isEmpty() ? "" : "\"agreement\":\"" + agreement + "\",",
                        String.join(",", transfers),
                        SOURCES);
    }

    static String transfer(String from, String to, String category, int count) {
        return """
        {"from":"%s","to":"%s","category":"%s","count":%d}"""
                .formatted(from, to, category, count);
    }

    String agreement(String day, String... commitments) {
        return """
        {"conflict":"%s","title":"Deal","concludedOn":"%s","commitments":[%s],"sources":%s}"""
                .formatted(conflict, day, String.join(",", commitments), SOURCES);
    }

    /// @param about as it stands in JSON
    String claim(String claimant, String party, String day, String about, String assertion) {
        return """
        {"conflict":"%s","statedOn":"%s","claimant":{"name":"%s","party":"%s"},"about":%s,
         "assertion":%s,"sources":%s}"""
                .formatted(conflict, day, claimant, party, about, assertion, SOURCES);
    }

    String countClaim(String exchange, String claimant, int count) {
        return claim(
                claimant,
                "UA",
                "2025-07-18",
                "{\"exchange\":\"" + exchange + "\"}",
                """
                {"kind":"count","from":"RU","to":"UA","category":"remains","count":%d}"""
                        .formatted(count));
    }

    /// Asks once the ledger has read all that was written.
    Answer get(String path, String... headers) {
        return ask("GET", path, headers);
    }

    /// Of this story's conflict.
    Answer ours(String path, String... headers) {
        return get("/v1/conflicts/" + conflict + path, headers);
    }

    Answer ask(String method, String path, String... headers) {
        return send(
                request(path, headers)
                        .method(method, BodyPublishers.noBody())
                        .header("Ledger-Position", LogWriter.written().toString()));
    }

    /// Asks without waiting for anything.
    static Answer askNow(String path, String... headers) {
        return new Answer(send(request(path, headers), BodyHandlers.ofString()));
    }

    /// Likewise, for the bytes as they come over the wire.
    static HttpResponse<byte[]> bytes(String path, String... headers) {
        return send(request(path, headers), BodyHandlers.ofByteArray());
    }

    /// Asks as the operator whose token the tests have made.
    static Answer operate(String method, String path, String body) {
        String token = ConfigProvider.getConfig().getValue("parley.test.operator", String.class);
        return send(
                request(path)
                        .method(method, BodyPublishers.ofString(body))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + token));
    }

    /// Asks with a token of that role, whose holder is no operator.
    static Answer askAs(String role, String method, String path) {
        return send(
                request(path)
                        .method(method, BodyPublishers.noBody())
                        .header("Authorization", "Bearer " + token(role)));
    }

    /// The bearer token of that role.
    static String token(String role) {
        return ConfigProvider.getConfig().getValue("parley.test." + role, String.class);
    }

    String best(String party, String direction) {
        return ours("/totals/" + party).text("/parties/0/totals/0/" + direction + "/best");
    }

    static int port() {
        return ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
    }

    private static HttpRequest.Builder request(String path) {
        URI address =
                path.startsWith("http")
                        ? URI.create(path)
                        : URI.create("http://localhost:" + port() + path);
        return HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(60));
    }

    private static HttpRequest.Builder request(String path, String... headers) {
        var request = request(path);
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static Answer send(HttpRequest.Builder request) {
        return new Answer(send(request, BodyHandlers.ofString()));
    }

    private static <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> body) {
        try {
            return HTTP.send(request.build(), body);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /// Who sends an event, and under which id: a new one each time, unless a key is given.
    final class Sender {
        private final String name;
        private final String authority;
        private final String key;

        private Sender(String name, String authority, String key) {
            this.name = name;
            this.authority = authority;
            this.key = key;
        }

        Sender underKey(String given) {
            return new Sender(name, authority, given);
        }

        RecordMetadata sends(String type, String subject, String data) {
            String eventId = key.isEmpty() ? "event-" + number + "-" + ++sent : key;
            return LogWriter.event(type, name, authority, eventId, subject, data);
        }

        RecordMetadata reports(String exchange, String statement) {
            return sends("exchange.reported", exchange, statement);
        }

        RecordMetadata corrects(String exchange, String statement) {
            return sends(
                    "exchange.corrected",
                    exchange,
                    "{\"reason\":\"recounted\",\"exchange\":" + statement + "}");
        }

        RecordMetadata retracts(String exchange) {
            return sends("exchange.retracted", exchange, "{\"reason\":\"untrue\"}");
        }

        RecordMetadata merges(String exchange, String into) {
            return sends(
                    "exchange.merged",
                    exchange,
                    "{\"into\":\"" + into + "\",\"reason\":\"the same\"}");
        }

        RecordMetadata claims(String claim, String statement) {
            return sends("claim.made", claim, statement);
        }
    }
}
