package parley.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.stack.LocalKafka;

/// A stream of any length goes through ingest-service in memory that does not grow with it. 30 MB
/// long; `-Dparley.megabytes=1024` makes it longer than the heap of 512 MB is large.
class BigStreamIT {
    private static final long MEGABYTES = Long.getLong("parley.megabytes", 30);

    /// With its heap full to the brim, and all that a JVM has beside it.
    private static final long RESIDENT_MEGABYTES_MAX = 900;

    private static final int LINE_BYTES = 2_000;
    private static final long LINES = MEGABYTES * 1_000_000 / LINE_BYTES;
    private static final int BROKEN_EVERY = 1_000;
    private static final int PROBLEMS_MAX = 100;
    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final String DEFINITION =
            """
            {"specversion":"1.0","id":"definition","type":"conflict.defined","subject":"big",\
            "data":{"name":"Big","since":"2022-02-24","parties":[\
            {"party":"UA","name":"Ukraine","role":"side"},\
            {"party":"RU","name":"Russia","role":"side"}]}}
            """;

    private final ObjectMapper json = new ObjectMapper();

    @Test
    void aStreamOfAnyLengthIsAnsweredLineByLineInMemoryThatDoesNotGrowWithIt(@TempDir Path folder)
            throws Exception {
        var state = new StateDirectory(folder);
        var keys = Keys.of(state);
        Tokens.write(state, keys.tokens());
        var ports = Ports.free();
        var address = URI.create("http://localhost:" + ports.ingest());
        try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
                var kafka = new LocalKafka(state.kafka(), ports.kafka(), state.log("kafka"));
                var ingest =
                        new QuarkusService(
                                "ingest-service",
                                UpScript.REPOSITORY,
                                state,
                                address,
                                Map.of(
                                        "KAFKA_BOOTSTRAP_SERVERS",
                                        "127.0.0.1:" + ports.kafka(),
                                        "QUARKUS_OIDC_PUBLIC_KEY",
                                        keys.publicKey()),
                                http)) {
            kafka.start();
            ingest.start();
            var process = ingest.process().pid();
            var began = System.nanoTime();
            var answer =
                    http.send(
                            HttpRequest.newBuilder(address.resolve("/v1/events"))
                                    .timeout(PATIENCE)
                                    .header("Authorization", "Bearer " + token(state))
                                    .header("Content-Type", "application/x-ndjson")
                                    .POST(BodyPublishers.ofInputStream(MadeLines::new))
                                    .build(),
                            BodyHandlers.ofString());
            var took = Duration.ofNanos(System.nanoTime() - began);
            var resident = residentMegabytesMax(process);

            System.out.printf(
                    "%d MB in %d lines: %s, with %d MB resident at most%n",
                    MEGABYTES, LINES, took, resident);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            var summary = json.readTree(answer.body());
            var broken = LINES / BROKEN_EVERY;
            assertThat(summary.path("accepted").asLong()).isEqualTo(1 + LINES - broken);
            assertThat(summary.path("rejected").asLong()).isEqualTo(broken);
            assertThat(summary.path("problems").valueStream().map(BigStreamIT::line))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, Math.min(broken, PROBLEMS_MAX))
                                    .mapToObj(it -> 1 + it * BROKEN_EVERY)
                                    .toList());
            assertThat(ingest.process().pid()).isEqualTo(process);
            assertThat(ingest.process().isAlive()).isTrue();
            assertThat(resident).isLessThan(RESIDENT_MEGABYTES_MAX);
        }
    }

    private static String token(StateDirectory state) {
        return StateDirectory.read(state.token("editor"));
    }

    private static long line(JsonNode problem) {
        return problem.path("line").asLong();
    }

    /// The definition first; then every thousandth report lacks what it has to have.
    private static String line(long number) {
        if (number == 0) {
            return DEFINITION;
        }
        var line =
                """
                {"specversion":"1.0","id":"big-%d","type":"exchange.reported","subject":"big-%d",\
                "data":{"conflict":"big","%s":"2025-07-17","transfers":[\
                {"from":"RU","to":"UA","category":"remains","count":%d}],\
                "sources":[{"title":"t","publisher":"p","url":"https://example.org/1"}],\
                "summary":"""
                        .formatted(
                                number,
                                number,
                                number % BROKEN_EVERY == 0 ? "happenedOn" : "occurredOn",
                                number % 1_000);
        var words = new StringBuilder(line).append('"');
        while (words.length() < LINE_BYTES - "\"}}\n".length()) {
            words.append((char) ('a' + (words.length() * number + words.length()) % 26));
        }
        return words.append("\"}}\n").toString();
    }

    private static long residentMegabytesMax(long process) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process + "/status")).stream()
                        .filter(line -> line.startsWith("VmHWM:"))
                        .map(line -> line.replaceAll("\\D", ""))
                        .mapToLong(Long::parseLong)
                        .findFirst()
                        .orElseThrow()
                / 1_000;
    }

    /// The lines, each made when the one before it is sent.
    private static final class MadeLines extends InputStream {
        private long made;
        private byte[] line = {};
        private int sent;

        @Override
        public int read() {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] into, int from, int bytes) {
            if (sent == line.length) {
                if (made > LINES) {
                    return -1;
                }
                line = line(made++).getBytes(UTF_8);
                sent = 0;
            }
            var count = Math.min(bytes, line.length - sent);
            System.arraycopy(line, sent, into, from, count);
            sent += count;
            return count;
        }
    }
}
