package parley.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// One replica with a thousand who listen and a thousand who wait. `-Dparley.seconds=60` counts
/// for so long what PostgreSQL is asked.
@Isolated("It measures what the machine does.")
class ManyReadersIT {
    private static final int EVENTS = 1_000;
    private static final int READERS = Integer.getInteger("parley.readers", 1_000);
    private static final int POLLS = 10_000;
    private static final int SECONDS = Integer.getInteger("parley.seconds", 5);
    private static final String CONFLICT = "/v1/conflicts/" + GeneratedLog.CONFLICT;
    private static final String TOTALS = CONFLICT + "/totals";

    /// The tables that readers are answered from.
    private static final Pattern BOOKS =
            Pattern.compile("\\b(account|activity|edition|entry|event|former_outcome)\\b");

    /// What no other transaction asks than that of the audit, which goes on whoever reads.
    private static final String AUDIT = "select now() as now";

    @TempDir Path folder;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void whileNothingChangesNobodyAsksTheBooksAndThenAllAreTold() throws Exception {
        var log = GeneratedLog.write(folder.resolve("log.ndjson"), 7, EVENTS);
        try (var faults = new Faults(folder.resolve("system"));
                var answers = new Answers(faults.system())) {
            faults.system().start();
            var loaded = answers.tellAll(BodyPublishers.ofFile(log));
            assertThat(loaded.statusCode()).as(loaded.body()).isEqualTo(200);
            faults.recordsOnTheLog(answers);
            URI ledger = faults.system().ledger();
            faults.logStatements(true);
            var alone = window(faults, () -> {});

            List<Listening> streams = listen(ledger);
            String tag = tag(ledger);
            List<CompletableFuture<HttpResponse<String>>> polls = wait(ledger, tag);
            var together = window(faults, () -> poll(ledger, tag));

            assertThat(polls).noneMatch(CompletableFuture::isDone);
            assertThat(streams).allMatch(it -> it.told.size() == 1);
            var begun = System.nanoTime();
            report(answers);
            for (var poll : polls) {
                assertThat(poll.get().statusCode()).isEqualTo(200);
                assertThat(poll.get().headers().firstValue("ETag")).isNotEqualTo(tag);
            }
            await().until(() -> streams.stream().allMatch(it -> it.told.size() >= 2));
            System.out.printf(
                    "%d streams, %d long polls and %d polls; all told of a change within %d ms%n",
                    READERS, READERS, POLLS, (System.nanoTime() - begun) / 1_000_000);
            mustBeAskedNoMore(withoutAudits(faults.statements()), alone, together);
            String last = answers.get(TOTALS).path("parties").toString();
            assertThat(streams)
                    .allMatch(
                            it -> answers.read(it.last()).path("parties").toString().equals(last));
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    /// Of the statements that were logged, those from one to before another, and in how long.
    private record Window(int from, int to, double seconds) {
        /// How often a second each was asked.
        SortedMap<String, Double> rates(List<String> statements) {
            return statements.subList(from, to).stream()
                    .filter(it -> !it.isEmpty())
                    .collect(
                            Collectors.groupingBy(
                                    it -> it,
                                    TreeMap::new,
                                    Collectors.summingDouble(_ -> 1 / seconds)));
        }
    }

    /// While something is done, and for so many seconds at least.
    private static Window window(Faults faults, Work work) throws Exception {
        int from = faults.statements().size();
        long begun = System.nanoTime();
        work.run();
        await().until(() -> System.nanoTime() - begun >= SECONDS * 1e9);
        double seconds = (System.nanoTime() - begun) / 1e9;
        return new Window(from, faults.statements().size(), seconds);
    }

    /// Whoever looks for changes looks as often as with no readers, and nobody asks anything else.
    private static void mustBeAskedNoMore(List<String> statements, Window alone, Window together) {
        var before = alone.rates(statements);
        var with = together.rates(statements);
        System.out.println("Statements a second, with no readers and with all of them:");
        with.forEach(
                (text, rate) ->
                        System.out.printf(
                                "%6.2f %6.2f  %s%n", before.getOrDefault(text, 0.0), rate, text));
        assertThat(before.keySet()).containsAll(with.keySet());
        assertThat(with.keySet()).noneMatch(it -> BOOKS.matcher(it).find());
        with.forEach(
                (text, rate) ->
                        assertThat(rate)
                                .as(text)
                                .isLessThan(1.25 * before.getOrDefault(text, 0.0) + 1));
    }

    /// The text of each, or none where it belongs to an audit.
    private static List<String> withoutAudits(List<Faults.Statement> statements) {
        var texts = new ArrayList<>(statements.stream().map(Faults.Statement::text).toList());
        var transactions = new HashMap<String, List<Integer>>();
        for (int index = 0; index < texts.size(); index++) {
            String process = statements.get(index).process();
            String text = texts.get(index);
            if (text.equals("BEGIN")) {
                transactions.put(process, new ArrayList<>());
            }
            List<Integer> transaction = transactions.getOrDefault(process, new ArrayList<>());
            transaction.add(index);
            if (text.equals("COMMIT")) {
                transactions.remove(process);
                if (transaction.stream().anyMatch(it -> texts.get(it).equals(AUDIT))) {
                    transaction.forEach(it -> texts.set(it, ""));
                }
            }
        }
        return texts;
    }

    private List<Listening> listen(URI ledger) {
        var streams = Stream.generate(Listening::new).limit(READERS).toList();
        var address = ledger.resolve("/v1/stream?conflict=" + GeneratedLog.CONFLICT);
        var answers =
                streams.stream()
                        .map(
                                stream ->
                                        http.sendAsync(
                                                HttpRequest.newBuilder(address).build(),
                                                BodyHandlers.fromLineSubscriber(stream)))
                        .toList();
        await().until(() -> streams.stream().noneMatch(it -> it.told.isEmpty()));
        assertThat(answers).noneMatch(CompletableFuture::isDone);
        return streams;
    }

    private List<CompletableFuture<HttpResponse<String>>> wait(URI ledger, String tag) {
        return Stream.generate(() -> news(ledger, tag)).limit(READERS).toList();
    }

    /// Asks again whenever its time is up.
    private CompletableFuture<HttpResponse<String>> news(URI ledger, String tag) {
        return http.sendAsync(
                        HttpRequest.newBuilder(ledger.resolve(TOTALS + "?wait=60"))
                                .header("If-None-Match", tag)
                                .build(),
                        BodyHandlers.ofString())
                .thenCompose(
                        answer ->
                                answer.statusCode() == 304
                                        ? news(ledger, tag)
                                        : CompletableFuture.completedFuture(answer));
    }

    private void poll(URI ledger, String tag) throws IOException, InterruptedException {
        for (int poll = 0; poll < POLLS; poll++) {
            assertThat(ask(ledger, tag).statusCode()).isEqualTo(304);
        }
    }

    private String tag(URI ledger) throws IOException, InterruptedException {
        return ask(ledger, "\"none\"").headers().firstValue("ETag").orElseThrow();
    }

    private HttpResponse<String> ask(URI ledger, String tag)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(ledger.resolve(TOTALS)).header("If-None-Match", tag).build(),
                BodyHandlers.ofString());
    }

    private static void report(Answers answers) throws IOException {
        var answer =
                answers.tell(
                        "POST",
                        "/v1/exchanges",
                        "publisher",
                        """
                        {"exchangeId":"one-more","conflict":"%s","occurredOn":"2025-07-17",
                         "transfers":[{"from":"RU","to":"UA","category":"remains","count":1000}],
                         "sources":[{"title":"t","publisher":"p","url":"https://example.org/t"}]}\
                        """
                                .formatted(GeneratedLog.CONFLICT));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofMinutes(3));
    }

    /// One who listens, and what he was told.
    private static final class Listening implements Subscriber<String> {
        private final Queue<String> told = new ConcurrentLinkedQueue<>();

        String last() {
            return List.copyOf(told).getLast();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            if (line.startsWith("data:")) {
                told.add(line.substring("data:".length()));
            }
        }

        @Override
        public void onError(Throwable broken) {
            told.add("broken: " + broken);
        }

        @Override
        public void onComplete() {
            told.add("ended");
        }
    }
}
