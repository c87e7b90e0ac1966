package parley.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was printed stays as it was, through corrections, a rebuild beside the readers, a switch
/// and a restart. `-Dparley.events`, `-Dparley.pairs`, `-Dparley.corrections` and `-Dparley.reads`
/// (a second) make it as long as one likes; `-Dparley.seed` repeats a run that failed.
class RebuildIT {
    private static final int EVENTS = Integer.getInteger("parley.events", 6_000);
    private static final int PAIRS = Integer.getInteger("parley.pairs", 200);
    private static final int CORRECTIONS = Integer.getInteger("parley.corrections", 200);
    private static final int READS_PER_SECOND = Integer.getInteger("parley.reads", 50);
    private static final long SEED = Long.getLong("parley.seed", new Random().nextLong(1_000_000));
    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final String OURS = "/v1/conflicts/" + GeneratedLog.CONFLICT;
    private static final String[] LISTS = {
        "/totals", "/totals/UA", "/timeline?bucket=month", "/entries?limit=20",
        "/exchanges?limit=20", "/claims?limit=20", "/agreements", "/discrepancies?limit=20"
    };

    private final Random random = new Random(SEED);

    @TempDir Path folder;

    @Test
    void whatWasKnownAtAMomentStaysTheSameBytesWhateverComesAfterwards() throws Exception {
        var log = GeneratedLog.write(folder.resolve("log.ndjson"), SEED, EVENTS);
        try (var system = system();
                var answers = new Answers(system);
                var readers = new Readers(system.ledger().resolve(OURS + "/totals"))) {
            system.start();
            load(answers, BodyPublishers.ofFile(log), EVENTS + 1);
            List<String> permalinks = permalinks(answers);
            List<String> printed = digests(answers, permalinks);
            var before = readers.read(READS_PER_SECOND, READS_PER_SECOND * 5);

            load(answers, BodyPublishers.ofString(corrections()), CORRECTIONS);
            readers.start(READS_PER_SECOND);
            long begun = System.nanoTime();
            int next = operate(system, answers, "POST", "/v1/generations", 202);
            JsonNode built = awaitBuilt(answers, next);
            double seconds = (System.nanoTime() - begun) / 1e9;
            operate(system, answers, "POST", "/v1/generations/%d/switch".formatted(next), 200);
            var during = readers.stop();
            var after = readers.read(READS_PER_SECOND, READS_PER_SECOND * 5);

            assertThat(built.at("/comparison/differing").asInt()).as(run()).isZero();
            assertThat(during.failures()).as(run()).isEmpty();
            assertThat(digests(answers, permalinks)).as(run()).isEqualTo(printed);
            ProcessHandle ledger = system.process(Member.LEDGER_SERVICE);
            ledger.destroyForcibly();
            ledger.onExit().join();
            await().ignoreExceptions().until(() -> !answers.text(OURS + "/totals").isEmpty());
            assertThat(digests(answers, permalinks)).as(run()).isEqualTo(printed);
            System.out.printf(
                    "%s: %.0f events/s built; before %s, during %s, after %s%n",
                    run(), built.path("read").asLong() / seconds, before, during, after);
        }
    }

    private static String run() {
        return "%d events, %d pairs, %d corrections, %d reads/s, seed %d"
                .formatted(EVENTS, PAIRS, CORRECTIONS, READS_PER_SECOND, SEED);
    }

    private LocalSystem system() {
        return new LocalSystem(
                new LocalSystem.Plan(
                        UpScript.REPOSITORY, folder.resolve("state"), Ports.free(), true));
    }

    private static void load(Answers answers, BodyPublisher lines, int expected)
            throws IOException {
        var answer = answers.tellAll(lines);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode summary = answers.read(answer.body());
        assertThat(summary.path("accepted").asInt()).as(answer.body()).isEqualTo(expected);
        answers.awaitRead(summary.path("position").asText());
    }

    /// Questions with both clocks, at moments from the first report to the newest event.
    private List<String> permalinks(Answers answers) {
        Instant first = Instant.parse(answers.get("/v1/exchanges/x-0").path("reportedAt").asText());
        Instant last = Instant.parse(answers.get(OURS + "/totals").path("knownAt").asText());
        long millis = Math.max(1, Duration.between(first, last).toMillis());
        var permalinks = new ArrayList<String>();
        for (int pair = 0; pair < PAIRS; pair++) {
            String list = LISTS[random.nextInt(LISTS.length)];
            permalinks.add(
                    "%s%s%cknownAt=%s&asOf=%s"
                            .formatted(
                                    OURS,
                                    list,
                                    list.contains("?") ? '&' : '?',
                                    first.plusMillis(random.nextLong(millis)),
                                    LocalDate.of(2022, 3, 1).plusDays(random.nextInt(1400))));
        }
        return permalinks;
    }

    private static List<String> digests(Answers answers, List<String> permalinks) {
        return permalinks.stream().map(link -> link + " " + digest(answers.text(link))).toList();
    }

    private static String digest(String body) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(body.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(digest, 8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String corrections() {
        return IntStream.range(0, CORRECTIONS)
                .mapToObj(
                        number ->
                                """
                                {"specversion":"1.0","id":"late-%d","type":"exchange.corrected",\
                                "subject":"x-%d","data":{"reason":"counted again","exchange":\
                                {"conflict":"%s","occurredOn":"2024-01-01","transfers":[\
                                {"from":"RU","to":"UA","category":"remains","count":%d}],\
                                "sources":[{"title":"late","publisher":"late",\
                                "url":"https://example.org/late"}]}}}"""
                                        .formatted(
                                                number,
                                                random.nextInt(EVENTS / 2),
                                                GeneratedLog.CONFLICT,
                                                number))
                .collect(Collectors.joining("\n"));
    }

    private static int operate(
            LocalSystem system, Answers answers, String method, String path, int expected)
            throws IOException {
        var request =
                HttpRequest.newBuilder(system.ledger().resolve(path))
                        .header("Authorization", "Bearer " + system.token("operator"))
                        .method(method, BodyPublishers.noBody())
                        .build();
        var answer = answers.send(request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(expected);
        return answers.read(answer.body()).path("generation").asInt();
    }

    private static JsonNode awaitBuilt(Answers answers, int generation) {
        return await().until(
                        () -> answers.get("/v1/generations/" + generation),
                        it ->
                                it.path("state").asText().equals("ready")
                                        && it.at("/comparison/totals").asInt() > 0);
    }

    private static ConditionFactory await() {
        return Awaitility.await()
                .alias(run())
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(500))
                .atMost(PATIENCE);
    }
}
