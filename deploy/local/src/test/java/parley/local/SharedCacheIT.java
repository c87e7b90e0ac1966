package parley.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.contract.LogPosition;

/// Two ledgers behind a cache that many share.
class SharedCacheIT {
    private static final int READERS = 16;
    private static final int REPORTS = Integer.getInteger("parley.reports", 100);
    private static final String CONFLICT = "cached";
    private static final String TOTALS = "/v1/conflicts/" + CONFLICT + "/totals/UA";
    private static final Pattern ANSWERED =
            Pattern.compile(
                    "^http_server_requests_seconds_count\\{(?!.*uri=\"/q/).*} (\\S+)$",
                    Pattern.MULTILINE);

    @TempDir static Path folder;
    private static Faults faults;
    private static Answers answers;
    private static DisturbedLedger second;
    private static SharedCache cache;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeAll
    static void start() {
        assumeTrue(SharedCache.isInstalled(), "There is no nginx on this machine.");
        faults = new Faults(folder.resolve("system"));
        faults.system().start();
        answers = new Answers(faults.system());
        second = faults.ledger("second", faults.undisturbed());
        second.launch();
        second.awaitReady();
        cache =
                new SharedCache(
                        folder.resolve("nginx"),
                        List.of(faults.system().ledger(), second.address()));
        cache.start();
    }

    @AfterAll
    static void close() {
        if (cache != null) {
            cache.close();
            second.close();
            answers.close();
            faults.close();
        }
    }

    @Test
    void noReaderSeesATotalGoBackAndTheLedgersAreAskedOnceForMany() throws Exception {
        define();
        answers.awaitRead(report(0));
        var asked = asked();
        var begun = System.nanoTime();
        var polls = new AtomicLong();
        var isOver = new AtomicBoolean();
        try (var readers = Executors.newVirtualThreadPerTaskExecutor()) {
            var totals = new ArrayList<Future<Long>>();
            for (int reader = 0; reader < READERS; reader++) {
                totals.add(readers.submit(() -> follow(polls, isOver)));
            }
            for (int number = 1; number < REPORTS; number++) {
                report(number);
            }
            Faults.await().until(() -> received(get(TOTALS)) == REPORTS);
            isOver.set(true);
            for (Future<Long> total : totals) {
                assertThat(total.get()).isPositive();
            }
        }
        var seconds = (System.nanoTime() - begun) / 1e9;

        System.out.printf(
                "%d polls in %.1f s; the ledgers were asked %.0f times%n",
                polls.get(), seconds, asked() - asked);
        assertThat(polls.get()).isGreaterThan(REPORTS);
        // An answer may be kept for a second, then one asks for the next, in each encoding.
        assertThat(asked() - asked).isLessThanOrEqualTo(2 * (seconds + 1));
    }

    @Test
    void aPageOfAnotherSiteMayReadWhatTheCacheKeptForOneThatNamedNoSite() throws Exception {
        var conflicts = cache.address().resolve("/v1/conflicts?limit=7");
        for (var request :
                List.of(
                        HttpRequest.newBuilder(conflicts),
                        HttpRequest.newBuilder(conflicts)
                                .header("Origin", "https://charts.example.org"))) {
            var answer = http.send(request.build(), BodyHandlers.ofString());
            assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
            assertThat(answer.headers().firstValue("Access-Control-Expose-Headers")).isPresent();
        }
    }

    /// Reads until it is over; returns the last total.
    private long follow(AtomicLong polls, AtomicBoolean isOver) throws Exception {
        var position = LogPosition.START;
        var total = 0L;
        while (!isOver.get()) {
            var body = get(TOTALS);
            assertThat(position(body).covers(position)).as("%s, then %s", position, body).isTrue();
            assertThat(received(body)).isGreaterThanOrEqualTo(total);
            position = position(body);
            total = received(body);
            polls.incrementAndGet();
        }
        return total;
    }

    private static LogPosition position(String body) {
        return LogPosition.parse(answers.read(body).path("position").asText());
    }

    private static long received(String body) {
        return answers.read(body).at("/parties/0/totals/0/received/best").asLong();
    }

    private String get(String path) throws IOException, InterruptedException {
        var answer =
                http.send(
                        HttpRequest.newBuilder(cache.address().resolve(path)).build(),
                        BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static double asked() throws IOException {
        var asked = 0.0;
        for (URI ledger : List.of(faults.system().ledger(), second.address())) {
            var metrics =
                    answers.send(HttpRequest.newBuilder(ledger.resolve("/q/metrics")).build());
            asked +=
                    ANSWERED.matcher(metrics.body())
                            .results()
                            .mapToDouble(it -> Double.parseDouble(it.group(1)))
                            .sum();
        }
        return asked;
    }

    private static void define() throws IOException {
        var answer =
                answers.tell(
                        "PUT",
                        "/v1/conflicts/" + CONFLICT,
                        "editor",
                        """
                        {"name":"Cached","since":"2022-02-24","parties":[
                         {"party":"UA","name":"Ukraine","role":"side"},
                         {"party":"RU","name":"Russia","role":"side"}]}""");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }

    /// Returns its position.
    private static String report(int number) throws IOException {
        var answer =
                answers.tell(
                        "POST",
                        "/v1/exchanges",
                        "publisher",
                        """
                        {"exchangeId":"cached-%d","conflict":"%s","occurredOn":"2025-07-17","transfers":[
                         {"from":"RU","to":"UA","category":"remains","count":1}],
                         "sources":[{"title":"t","publisher":"p","url":"https://example.org/t"}]}"""
                                .formatted(number, CONFLICT));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return answers.read(answer.body()).path("position").asText();
    }
}
