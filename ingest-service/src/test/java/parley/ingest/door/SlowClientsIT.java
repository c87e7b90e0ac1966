package parley.ingest.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.DURATION;
import static org.assertj.core.api.InstanceOfAssertFactories.LONG;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What becomes of clients that take their time: here 3 seconds are given to each body, and 5 to
/// who does not use a connection.
@QuarkusTest
@QuarkusTestResource(LogAndKeys.class)
@TestProfile(SlowClientsIT.Impatient.class)
class SlowClientsIT {
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final Duration IDLE = Duration.ofSeconds(5);

    /// The limit, a look at it each second, a farewell of two, and a machine that is busy.
    private static final Duration SHUT_OUT_WITHIN = Duration.ofSeconds(15);

    private static final Duration SOON = Duration.ofSeconds(2);
    private static final int MANY = 300;
    private static final int RATE = 100;
    private static final int BURST = 1_000;
    private static final String ASKING = "GET /v1/schemas HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final String ASKING_FOR_MUCH = ASKING.replace("schemas", "schemas/common");
    private static final int ASKED_MAX = 1_000_000;
    private static final String LINES = "application/x-ndjson";

    private final Newsroom editor = Newsroom.editor();
    private final String token = Newsroom.token("slow", "publisher");

    public static final class Impatient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "parley.connections.idle-seconds-max", Long.toString(IDLE.toSeconds()),
                    "parley.connections.body-seconds-max", Long.toString(LIMIT.toSeconds()),
                    "parley.rate.events-per-second", Integer.toString(RATE),
                    "parley.rate.burst", Integer.toString(BURST));
        }
    }

    @BeforeEach
    void defineTheConflict() {
        Ready.await();
        await().ignoreException(UncheckedIOException.class) // Its connection may just be shut.
                .until(() -> editor.put("/v1/conflicts/ru-ua", Bodies.CONFLICT).status() == 202);
    }

    @Test
    void whoSendsHeadersAByteAtATimeIsShutOut() {
        try (var client = new RawClient()) {
            assertThat(untilShutOut(client)).isBetween(LIMIT, SHUT_OUT_WITHIN);
        }
    }

    /// All at once: each takes its seconds.
    @Test
    void whoSendsABodyAByteAtATimeIsShutOutWhateverTheCall() {
        Map<String, String> calls =
                Map.of(
                        Newsroom.JSON,
                        "/v1/exchanges",
                        "application/cloudevents+json",
                        "/v1/events",
                        "application/cloudevents-batch+json",
                        "/v1/events",
                        LINES,
                        "/v1/events");
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var times = new HashMap<String, Future<Duration>>();
            calls.forEach(
                    (type, path) ->
                            times.put(type, clients.submit(() -> untilShutOut(path, type))));

            assertThat(times)
                    .allSatisfy(
                            (type, time) ->
                                    assertThat(time)
                                            .succeedsWithin(SHUT_OUT_WITHIN.plus(SOON), DURATION)
                                            .isBetween(LIMIT, SHUT_OUT_WITHIN));
        }
    }

    private Duration untilShutOut(String path, String type) {
        try (var client = new RawClient()) {
            client.send(RawClient.head(path, type, 1_000_000, token));
            return untilShutOut(client);
        }
    }

    @Test
    void whoseLineDoesNotComeIsToldSo() {
        try (var client = new RawClient()) {
            client.send(RawClient.head("/v1/events", LINES, 1_000_000, token));
            client.send("{}\n{}\n");
            untilShutOut(client);

            assertThat(client.answer())
                    .startsWith("HTTP/1.1 408 ")
                    .contains("/v1/problems/too-slow")
                    .contains("Line 3 took more than 3 seconds.");
        }
    }

    /// A client's pool keeps it, and sends the next request by it: a short body, a long one, none.
    @Test
    void aConnectionThatRestsIsKeptLongerThanABodyMayTake() {
        List<RawClient> resting = List.of(new RawClient(), new RawClient(), new RawClient());
        try {
            resting.get(0).send(RawClient.head("/v1/exchanges", Newsroom.JSON, 2, token) + "{}");
            resting.get(1)
                    .send(
                            RawClient.head("/v1/exchanges", Newsroom.JSON, 50_002, token)
                                    + "{}"
                                    + " ".repeat(50_000));
            resting.get(2).send("GET /v1/schemas HTTP/1.1\r\nHost: localhost\r\n\r\n");
            await().until(() -> resting.stream().allMatch(RawClient::hasAnswer));

            await().during(LIMIT.plusSeconds(1))
                    .until(() -> resting.stream().noneMatch(RawClient::isShutOut));
        } finally {
            resting.forEach(RawClient::close);
        }
    }

    @Test
    void whoFallsSilentInAStreamIsShutOut() {
        try (var client = new RawClient()) {
            client.send(RawClient.head("/v1/events", LINES, 1_000_000, token));
            client.send("{}\n{}\n");

            await().atMost(SHUT_OUT_WITHIN).until(client::isShutOut);
        }
    }

    /// Each sends a line every second, which is in time. By the second, a stream may be open for as
    /// long as one likes and a thread with it.
    @Test
    void aStreamMayTakeLongerThanALineButNotByALineNowAndThen() {
        int lines = (int) (2 * LIMIT.toSeconds());
        String line = "{" + " ".repeat((8 << 10) - 3) + "}\n";
        try (var steady = new RawClient();
                var slow = new RawClient()) {
            steady.send(RawClient.head("/v1/events", LINES, (long) line.length() * lines, token));
            slow.send(RawClient.head("/v1/events", LINES, 1_000_000, token));
            for (int number = 0; number < lines; number++) {
                await().during(Duration.ofSeconds(1)).until(() -> !steady.isShutOut());
                assertThat(steady.send(line)).isTrue();
                if (!slow.hasAnswer()) { // Who sends on after it may lose it.
                    slow.send("{}\n");
                }
            }
            await().atMost(SHUT_OUT_WITHIN).until(steady::hasAnswer);
            await().atMost(SHUT_OUT_WITHIN).until(slow::hasAnswer);

            assertThat(steady.answer())
                    .startsWith("HTTP/1.1 200 ")
                    .contains("\"rejected\":" + lines);
            assertThat(slow.answer())
                    .startsWith("HTTP/1.1 408 ")
                    .contains("/v1/problems/too-slow")
                    .contains("less than 4096 bytes a second.");
        }
    }

    /// It has sent all there is before the first line is looked at.
    @Test
    void whoIsSlowedDownByTheRateIsNotTakenForSilent() {
        var lines = "{}\n".repeat(BURST + RATE * (int) LIMIT.plusSeconds(2).toSeconds());
        var blank = " ".repeat(10_000) + "\n"; // It is no short body.
        try (var client = new RawClient()) {
            client.send(
                    RawClient.head("/v1/events", LINES, lines.length() + blank.length(), token));
            client.send(lines + blank);
            await().atMost(SHUT_OUT_WITHIN).until(client::hasAnswer);

            assertThat(client.answer()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void whoReadsNoAnswersIsShutOut() {
        var requests = ASKING.repeat(1_000).getBytes(UTF_8);
        try (var client = new RawClient()) {
            var sent =
                    CompletableFuture.supplyAsync(
                            () ->
                                    Stream.generate(() -> requests)
                                            .limit(ASKED_MAX / 1_000)
                                            .takeWhile(client::send)
                                            .count());

            assertThat(sent).succeedsWithin(SHUT_OUT_WITHIN, LONG).isLessThan(ASKED_MAX / 1_000);
        }
    }

    /// Held and let go again and again, as he makes room.
    @Test
    void whoReadsHisAnswersLateGetsEachOfThemOnce() {
        try (var client = new RawClient()) {
            client.send(ASKING_FOR_MUCH.repeat(1_000));
            var before = new AtomicInteger();
            await().until(
                            () -> {
                                int unread = client.unread();
                                return unread > 0 && unread == before.getAndSet(unread);
                            });
            await().until(() -> !client.isShutOut() && answers(client) == 1_000);

            assertThat(client.answer()).doesNotContain("HTTP/1.1 4", "HTTP/1.1 5");
        }
    }

    @Test
    void whoAsksAheadIsAnsweredAll() {
        try (var client = new RawClient()) {
            client.send(ASKING.repeat(500));
            await().until(() -> !client.isShutOut() && answers(client) == 500);
        }
    }

    private static int answers(RawClient client) {
        return client.answer().split("HTTP/1.1 200 ", -1).length - 1;
    }

    @Test
    void manyWhoSendABodyByBytesKeepNobodyFromPublishing() {
        mustLetOthersPublish(RawClient.head("/v1/exchanges", Newsroom.JSON, 1_000_000, token));
    }

    @Test
    void manyWhoSendHeadersByBytesKeepNobodyFromPublishing() {
        mustLetOthersPublish("POST /v1/exchanges HTTP/1.1\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/exchanges, application/json,                   Content-Length: 10000000000",
        "/v1/events,    application/cloudevents-batch+json, Content-Length: 10000000000",
        "/v1/exchanges, application/json,                   Transfer-Encoding: chunked",
    })
    void aBodyThatIsTooLargeIsRefusedBeforeItsEnd(String path, String type, String length) {
        var chunk = ("10000\r\n" + " ".repeat(0x10000) + "\r\n").getBytes(UTF_8);
        try (var client = new RawClient()) {
            client.send(RawClient.head(path, type, 0, token).replace("Content-Length: 0", length));
            var sent =
                    CompletableFuture.supplyAsync(
                            () -> Stream.generate(() -> chunk).takeWhile(client::send).count());
            await().atMost(SHUT_OUT_WITHIN).until(client::isShutOut);

            assertThat(client.answer())
                    .startsWith("HTTP/1.1 413 ")
                    .contains("/v1/problems/too-large");
            assertThat(sent.join() * chunk.length).isLessThan(64 << 20);
        }
    }

    /// While many begin so and go on by single bytes.
    private void mustLetOthersPublish(String beginning) {
        List<RawClient> many = new ArrayList<>();
        try {
            for (int number = 0; number < MANY; number++) {
                var client = new RawClient();
                many.add(client);
                assertThat(client.send(beginning + "x")).isTrue();
            }
            mustPublishSoonFor(Duration.ofSeconds(1));
            await().atMost(SHUT_OUT_WITHIN)
                    .until(
                            () -> {
                                many.forEach(client -> client.send("x"));
                                return many.stream().allMatch(RawClient::isShutOut);
                            });
        } finally {
            many.forEach(RawClient::close);
        }
    }

    /// Each time for so long: who came before may not have been seen to when the first is sent.
    private void mustPublishSoonFor(Duration time) {
        long began = System.nanoTime();
        while (System.nanoTime() - began < time.toNanos()) {
            long sent = System.nanoTime();
            var answer = editor.post("/v1/exchanges", Bodies.exchange(""));

            assertThat(answer.status()).isEqualTo(202);
            assertThat(Duration.ofNanos(System.nanoTime() - sent)).isLessThan(SOON);
        }
    }

    private static Duration untilShutOut(RawClient client) {
        long began = System.nanoTime();
        while (!client.isShutOut() && client.send("x")) {
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(SHUT_OUT_WITHIN);
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
