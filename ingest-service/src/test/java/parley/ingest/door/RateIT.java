package parley.ingest.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.ingest.door.Newsroom.Answer;

/// What a publisher is told that sends more than it may: here 10 events a second, 20 at once.
@QuarkusTest
@QuarkusTestResource(LogAndKeys.class)
@TestProfile(RateIT.Limited.class)
class RateIT {
    private static final String LINES = "application/x-ndjson";

    /// It records traces, too, for [ExemplarsIT], which needs no start of its own then.
    public static final class Limited implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "parley.rate.events-per-second", "10",
                    "parley.rate.burst", "20",
                    "parley.rate.streams-max", "1",
                    "parley.tracing.enabled", "true",
                    "quarkus.otel.traces.exporter", "none");
        }
    }

    @BeforeEach
    void awaitTheService() {
        Ready.await();
    }

    @Test
    void whoIsOverItsRateIsToldWhenToComeBackAndNobodyElseIsHeldUp() {
        Newsroom hasty = Newsroom.publisher("hasty");
        Newsroom other = Newsroom.publisher("other");

        Answer over = untilOver(hasty);
        Answer others = other.post("/v1/exchanges", "{}");

        assertThat(over.at("/type").asText()).isEqualTo("/v1/problems/over-rate");
        assertThat(over.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(Integer.parseInt(over.header("Retry-After"))).isBetween(1, 2);
        assertThat(hasty.get("/v1/problems/over-rate").response().body()).startsWith("429");
        assertThat(others.status()).isEqualTo(422);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> hasty.post("/v1/exchanges", "{}").status() == 422);
    }

    @Test
    void aStreamThatHasBegunIsSlowedDownAndNotRefused() {
        Newsroom archive = Newsroom.publisher("archive");
        String lines = "{}\n\n".repeat(50);

        long began = System.nanoTime();
        Answer answer = archive.send("POST", "/v1/events", LINES, lines);
        Duration taken = Duration.ofNanos(System.nanoTime() - began);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.at("/rejected").asInt()).isEqualTo(50);
        assertThat(taken).isBetween(Duration.ofMillis(2_500), Duration.ofSeconds(30));
    }

    @Test
    void aBatchCostsItsEvents() {
        Newsroom archive = Newsroom.publisher("batches");

        Answer batch =
                archive.send(
                        "POST",
                        "/v1/events",
                        "application/cloudevents-batch+json",
                        "[" + "{},".repeat(29) + "{}]");
        Answer next = archive.post("/v1/exchanges", "{}");

        assertThat(batch.at("/rejected").asInt()).isEqualTo(30);
        assertThat(next.status()).isEqualTo(429);
    }

    @Test
    void noMoreStreamsAreOpenAtATimeThanAPublisherMayHave() throws IOException {
        Newsroom archive = Newsroom.publisher("streams");
        var blank =
                new ByteArrayInputStream((" ".repeat(1_023) + "\n").repeat(16_384).getBytes(UTF_8));
        var end = new PipedOutputStream();
        var body = new SequenceInputStream(blank, new PipedInputStream(end));

        var first = new CompletableFuture<Answer>();
        Thread.ofVirtual()
                .start(
                        () ->
                                first.complete(
                                        archive.send(
                                                "POST",
                                                "/v1/events",
                                                LINES,
                                                BodyPublishers.ofInputStream(() -> body))));
        // More than sockets hold, so the service has begun to read.
        await().atMost(Duration.ofSeconds(20)).until(() -> blank.available() == 0);
        Answer second = archive.send("POST", "/v1/events", LINES, "");
        end.close();

        assertThat(second.status()).isEqualTo(429);
        assertThat(first.orTimeout(20, TimeUnit.SECONDS).join().status()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> archive.send("POST", "/v1/events", LINES, "").status() == 200);
    }

    /// All publishers together have 100 streams, and each of them a thread of 200.
    @Test
    void whoKeepsAllStreamsOpenLeavesTheOtherCallsTheirThreads() {
        List<RawClient> open = new ArrayList<>();
        try {
            for (int number = 0; number < 100; number++) {
                open.add(RawClient.streaming("many-" + number));
            }
            Newsroom late = Newsroom.publisher("late");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> late.send("POST", "/v1/events", LINES, "").status() == 503);
            Answer unknown =
                    Newsroom.publisher("other")
                            .post(
                                    "/v1/exchanges",
                                    Bodies.exchange("").replace("ru-ua", "who-knows"));

            assertThat(unknown.status()).isEqualTo(422);
        } finally {
            open.forEach(RawClient::close);
        }
    }

    private static Answer untilOver(Newsroom newsroom) {
        while (true) {
            Answer answer = newsroom.post("/v1/exchanges", "{}");
            if (answer.status() != 422) {
                assertThat(answer.status()).isEqualTo(429);
                return answer;
            }
        }
    }
}
