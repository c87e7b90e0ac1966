package parley.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.contract.LogPosition;

/// Whoever sends again under the same key what was cut off, counts once, whatever was killed
/// meanwhile. `-Dparley.posts=10000 -Dparley.kills=20` for many; `-Dparley.seed=N` repeats the
/// moments of a run that failed.
class CutOffIT {
    private static final int POSTS = Integer.getInteger("parley.posts", 150);
    private static final int KILLS = Integer.getInteger("parley.kills", 2);
    private static final long SEED = Long.getLong("parley.seed", new Random().nextLong(1_000_000));
    private static final String RUN = "%d posts, %d kills, seed %d".formatted(POSTS, KILLS, SEED);
    private static final int SENT_ONCE_MORE = POSTS / 10;
    private static final int NEWSROOMS = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private static final int ACCEPTED = 202;
    private static final int UNAVAILABLE = 503;
    private static final String EXCHANGES = "/v1/exchanges";
    private static final String CONFLICT = "cut-off";
    private static final String DEFINITION =
            """
            {"name":"Cut off","since":"2022-02-24","parties":[
             {"party":"UA","name":"Ukraine","role":"side"},
             {"party":"RU","name":"Russia","role":"side"}]}""";

    /// By which of all posts, sent for the first time or again, who is killed.
    private final Map<Integer, Member> kills = kills();
    private final AtomicInteger posts = new AtomicInteger();
    private final Map<Integer, String> subjects = new ConcurrentHashMap<>();
    private final AtomicReference<LogPosition> position = new AtomicReference<>(LogPosition.START);

    @Test
    void whatIsCutOffAtAnyMomentAndSentAgainUnderTheSameKeyCountsOnce(@TempDir Path folder)
            throws IOException {
        try (var faults = new Faults(folder);
                var answers = new Answers(faults.system());
                var newsrooms = Executors.newFixedThreadPool(NEWSROOMS)) {
            var system = faults.system();
            system.start();
            assertThat(
                            answers.tell("PUT", "/v1/conflicts/" + CONFLICT, "editor", DEFINITION)
                                    .statusCode())
                    .isEqualTo(ACCEPTED);
            var sender = new CutOff(system.ingest(), system.token("publisher"));

            each(newsrooms, system, number -> cutOff(sender, number));
            each(newsrooms, system, number -> await(() -> sendsAgain(answers, number)));
            IntStream.rangeClosed(1, SENT_ONCE_MORE)
                    .forEach(number -> await(() -> sendsAgain(answers, number)));
            answers.awaitRead(position.get().toString());

            assertThat(kills).as(RUN).isEmpty();
            mustCountOnce(answers);
            var cutOffAndYetThere = faults.recordsOnTheLog(answers) - 1 - POSTS - SENT_ONCE_MORE;
            System.out.printf(
                    "%s: %d stood on the log though they were cut off%n", RUN, cutOffAndYetThere);
            assertThat(cutOffAndYetThere).as(RUN).isPositive();
        }
    }

    /// Each in a part of its own of all posts, which are sent for the first time and then again.
    private static Map<Integer, Member> kills() {
        var random = new Random(SEED);
        var part = 2 * POSTS / KILLS;
        var kills = new ConcurrentHashMap<Integer, Member>();
        for (var kill = 0; kill < KILLS; kill++) {
            kills.put(
                    1 + kill * part + random.nextInt(part),
                    kill % 2 == 0 ? Member.INGEST_SERVICE : Member.KAFKA);
        }
        return kills;
    }

    /// Returns when all numbers are done; whoever comes to a kill does it and goes on.
    private void each(ExecutorService newsrooms, LocalSystem system, IntConsumer post) {
        CompletableFuture.allOf(
                        IntStream.rangeClosed(1, POSTS)
                                .mapToObj(
                                        number ->
                                                CompletableFuture.runAsync(
                                                        () -> {
                                                            killWhoseTurnItIs(system);
                                                            post.accept(number);
                                                        },
                                                        newsrooms))
                                .toArray(CompletableFuture<?>[]::new))
                .join();
    }

    private void killWhoseTurnItIs(LocalSystem system) {
        var victim = kills.remove(posts.incrementAndGet());
        if (victim != null) {
            await(() -> kill(system, victim));
        }
    }

    private static boolean kill(LocalSystem system, Member victim) {
        try {
            var process = system.process(victim);
            var isKilled = process.destroyForcibly();
            process.onExit().join();
            return isKilled;
        } catch (IllegalStateException itIsJustBeingStarted) {
            return false;
        }
    }

    private static void cutOff(CutOff sender, int number) {
        // Unlike those of Random, what comes of seeds that lie side by side is not alike.
        var random = new SplittableRandom(SEED * POSTS + number);
        await(() -> sender.post(EXCHANGES, key(number), report(number), random));
    }

    /// Whether it was accepted; if not, it is to be sent once more.
    private boolean sendsAgain(Answers answers, int number) {
        HttpResponse<String> answer;
        try {
            answer =
                    answers.tell(
                            "POST",
                            EXCHANGES,
                            "publisher",
                            report(number),
                            "Idempotency-Key",
                            key(number));
        } catch (IOException nobodyIsThere) {
            return false;
        }
        var what = RUN + ", " + key(number) + ": " + answer.body();
        if (answer.statusCode() == UNAVAILABLE) {
            assertThat(answer.headers().firstValue("Retry-After")).as(what).isPresent();
            return false;
        }
        assertThat(answer.statusCode()).as(what).isEqualTo(ACCEPTED);
        mustBeTheReceipt(number, answers.read(answer.body()), what);
        return true;
    }

    /// The one that each sending of it is given.
    private void mustBeTheReceipt(int number, JsonNode receipt, String what) {
        assertThat(receipt.path("eventId").asText()).as(what).isEqualTo(key(number));
        var subject = receipt.path("subject").asText();
        if (namesItsExchange(number)) {
            assertThat(subject).as(what).isEqualTo("cut-" + number);
        }
        assertThat(subjects.computeIfAbsent(number, _ -> subject)).as(what).isEqualTo(subject);
        position.accumulateAndGet(
                LogPosition.parse(receipt.path("position").asText()), LogPosition::and);
    }

    private void mustCountOnce(Answers answers) {
        var totals = new TreeMap<Integer, Integer>();
        var party = party(answers);
        assertThat(party.path("exchanges").asInt()).as(RUN).isEqualTo(POSTS);
        assertThat(party.at("/totals/0/received/best").asLong())
                .as(RUN)
                .isEqualTo(POSTS * (POSTS + 1L) / 2);
        answers.all("/v1/conflicts/" + CONFLICT + "/exchanges?limit=1000")
                .forEach(
                        exchange -> {
                            var number = exchange.at("/transfers/0/count").asInt();
                            totals.merge(number, 1, Integer::sum);
                            assertThat(exchange.path("exchangeId").asText())
                                    .as(RUN + ", " + exchange)
                                    .isEqualTo(subjects.get(number));
                            assertThat(exchange.path("revision").asInt())
                                    .as(RUN + ", " + exchange)
                                    .isOne();
                        });
        assertThat(totals).as(RUN).hasSize(POSTS).containsOnlyKeys(subjects.keySet());
        assertThat(totals.values()).as(RUN).containsOnly(1);
        assertThat(answers.all("/v1/rejections")).as(RUN).isEmpty();
        assertThat(answers.get("/v1/audit").path("holds").asBoolean()).as(RUN).isTrue();
    }

    private static JsonNode party(Answers answers) {
        return answers.get("/v1/conflicts/" + CONFLICT + "/totals/UA").at("/parties/0");
    }

    private static String key(int number) {
        return "cut-off-key-" + number;
    }

    /// Every other report leaves it to ingest to make its id.
    private static boolean namesItsExchange(int number) {
        return number % 2 == 0;
    }

    private static String report(int number) {
        return """
        {%s"conflict":"%s","occurredOn":"2025-07-17",
         "transfers":[{"from":"RU","to":"UA","category":"remains","count":%d}],
         "sources":[{"title":"t","publisher":"p","url":"https://example.org/1"}]}"""
                .formatted(
                        namesItsExchange(number) ? "\"exchangeId\":\"cut-" + number + "\"," : "",
                        CONFLICT,
                        number);
    }

    private static void await(BooleanSupplier condition) {
        patiently().until(condition::getAsBoolean);
    }

    private static ConditionFactory patiently() {
        return Awaitility.await()
                .alias(RUN)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(PAUSE)
                .atMost(PATIENCE);
    }
}
