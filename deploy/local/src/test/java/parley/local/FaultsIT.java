package parley.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parley.stack.Database;

/// Whatever befalls a ledger or the servers it hangs on, and whenever: by itself it comes to the
/// books of one that nothing befell. `-Dparley.seed=N` repeats the moments of a run that failed,
/// `-Dparley.repeats=N` tries so many seeds.
class FaultsIT {
    private static final int EVENTS = Integer.getInteger("parley.events", 6_000);
    private static final long LOG_SEED = 7;
    private static final long SEED = Long.getLong("parley.seed", new Random().nextLong(1_000_000));
    private static final int REPEATS = Integer.getInteger("parley.repeats", 1);
    private static final String SEEDS = "seeds";
    private static final String NAMED = "seed {0}";

    @TempDir static Path folder;
    private static Faults faults;
    private static Answers answers;

    @BeforeAll
    static void load() throws IOException {
        faults = new Faults(folder.resolve("system"));
        faults.system().start();
        answers = new Answers(faults.system());
        var log = GeneratedLog.write(folder.resolve("log.ndjson"), LOG_SEED, EVENTS);
        var answer = answers.tellAll(BodyPublishers.ofFile(log));
        assertThat(answers.read(answer.body()).path("accepted").asInt())
                .as(answer.body())
                .isEqualTo(EVENTS + 1);
    }

    @AfterAll
    static void close() {
        answers.close();
        faults.close();
    }

    static LongStream seeds() {
        return LongStream.range(SEED, SEED + REPEATS);
    }

    @ParameterizedTest(name = NAMED)
    @MethodSource(SEEDS)
    void aCatchUpSurvivesTheKillingOfTheLedgerOfPostgresAndOfTheBroker(long seed) {
        var all = faults.recordsOnTheLog(answers);
        var database = faults.fresh();
        try (var ledger = faults.ledger("alone", database)) {
            ledger.launch();
            var order = new ArrayList<>(List.of(0, 1, 2));
            Collections.shuffle(order, new Random(seed));
            for (var victim : order) {
                awaitWithin(database, seed + victim, all, order.indexOf(victim), order.size());
                switch (victim) {
                    case 0 -> {
                        ledger.kill();
                        ledger.launch();
                    }
                    case 1 -> kill(Member.POSTGRES);
                    default -> kill(Member.KAFKA);
                }
            }
            awaitAll(database, all);
            mustSayTheSame(ledger, database, seed);
        }
    }

    @ParameterizedTest(name = NAMED)
    @MethodSource(SEEDS)
    void twoLedgersOnOneDatabaseComeToTheSameBooksWhicheverIsKilledOrStopped(long seed) {
        var all = faults.recordsOnTheLog(answers);
        var database = faults.fresh();
        var random = new Random(seed);
        try (var one = faults.ledger("one", database);
                var other = faults.ledger("other", database)) {
            var both = List.of(one, other);
            both.forEach(DisturbedLedger::launch);
            for (var time = 0; time < 3; time++) {
                awaitWithin(database, random.nextLong(), all, time, 3);
                var victim = both.get(random.nextInt(2));
                if (random.nextBoolean()) {
                    victim.kill();
                } else {
                    victim.stop();
                }
                victim.launch();
            }
            awaitAll(database, all);
            mustSayTheSame(one, database, seed);
            mustSayTheSame(other, database, seed);
        }
    }

    /// The pen is in its hand when it falls asleep, wherever that can be had: the worst moment.
    @ParameterizedTest(name = NAMED)
    @MethodSource(SEEDS)
    void aLedgerThatSleepsWhileAnotherTakesOverCountsNothingTwiceWhenItWakes(long seed) {
        var all = faults.recordsOnTheLog(answers);
        var database = faults.fresh();
        try (var sleeper = faults.ledger("sleeper", database);
                var other = faults.ledger("other", database)) {
            sleeper.launch();
            other.launch();
            awaitWithin(database, seed, all, 0, 3);
            Faults.await()
                    .until(
                            () -> {
                                sleeper.pause();
                                if (faults.isWriting("sleeper")) {
                                    return true;
                                }
                                sleeper.wake();
                                return false;
                            });
            awaitAll(database, all);
            sleeper.wake();
            mustSayTheSame(sleeper, database, seed);
            mustSayTheSame(other, database, seed);
        }
    }

    @ParameterizedTest(name = NAMED)
    @MethodSource(SEEDS)
    void postgresMayRefuseEveryConnectionOrEveryWrite(long seed) throws Exception {
        var all = faults.recordsOnTheLog(answers);
        var database = faults.fresh();
        try (var ledger = faults.ledger("alone", database)) {
            ledger.launch();
            awaitWithin(database, seed, all, 0, 2);
            // As those who run PostgreSQL for others do when its disk is full.
            faults.operate(alter(database, "set default_transaction_read_only = on"));
            faults.cut(database);
            Faults.await().until(() -> ask(ledger, "/q/health/ready").body().contains("read-only"));
            faults.operate(alter(database, "reset default_transaction_read_only"));
            faults.cut(database);

            awaitAll(database, all);
            ledger.awaitReady();
            var totals = "/v1/conflicts/" + GeneratedLog.CONFLICT + "/totals";
            var before = ask(ledger, totals);
            faults.operate(alter(database, "allow_connections false"));
            faults.cut(database);
            Faults.await().until(() -> ask(ledger, totals).headers().firstValue("Age").isPresent());
            assertThat(ask(ledger, totals).body()).isEqualTo(before.body());
            assertThat(ask(ledger, "/v1/audit").statusCode()).isEqualTo(503);
            faults.operate(alter(database, "allow_connections true"));
            mustSayTheSame(ledger, database, seed);
        }
    }

    @ParameterizedTest(name = NAMED)
    @MethodSource(SEEDS)
    void what202WasGivenForCountsOnceThoughTheBrokerIsKilledMeanwhile(long seed)
            throws IOException {
        try (var burst = new Burst(answers, seed)) {
            var moment = new Random(seed).nextInt(Burst.REPORTS / 4, Burst.REPORTS / 2);
            var sent = burst.send();
            Faults.await().until(() -> burst.accepted() >= moment);
            kill(Member.KAFKA);
            assertThat(sent).as("seed %d, the broker was missed", seed).isNotDone();
            sent.join();

            burst.sendAgainWhatWasRefused();
            burst.sendAgain(1, Burst.REPORTS / 10);
            faults.recordsOnTheLog(answers);

            burst.mustCountOnce();
        }
    }

    private static String alter(Database database, String what) {
        return "alter database " + database.user() + " " + what;
    }

    private static void kill(Member member) {
        var process = faults.system().process(member);
        process.destroyForcibly();
        process.onExit().join();
    }

    /// Returns at a moment in the given part of the catch-up that the random number chooses.
    private static void awaitWithin(Database database, long random, long all, int part, int parts) {
        var stretch = all / (parts + 1);
        var moment = part * stretch + new Random(random).nextLong(1, stretch);
        Faults.await().until(() -> Faults.progress(database) >= moment);
    }

    private static void awaitAll(Database database, long all) {
        Faults.await().until(() -> Faults.progress(database) == all);
    }

    private static void mustSayTheSame(DisturbedLedger ledger, Database database, long seed) {
        ledger.awaitReady();
        var undisturbed = BooksSaid.by(faults.system().ledger(), faults.undisturbed());
        BooksSaid.by(ledger.address(), database).mustBe(undisturbed, "seed " + seed);
    }

    private static HttpResponse<String> ask(DisturbedLedger ledger, String path)
            throws IOException {
        return answers.send(HttpRequest.newBuilder(ledger.address().resolve(path)).build());
    }
}
