package parley.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
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
    private static final int EVENTS = Integer.getInteger("parley.events", 4_000);
    private static final long LOG_SEED = 7;
    private static final long SEED = Long.getLong("parley.seed", new Random().nextLong(1_000_000));
    private static final int REPEATS = Integer.getInteger("parley.repeats", 1);
    private static final String SEEDS = "seeds";
    private static final String NAMED = "seed {0}";

    private static final String READY = "/q/health/ready";
    private static final Duration STAYS_SO = Duration.ofSeconds(4);
    private static final String TOTALS = "/v1/conflicts/" + GeneratedLog.CONFLICT + "/totals";
    private static final Pattern FENCED =
            Pattern.compile("^parley_ledger_fenced_total(?:\\{.*})? (\\S+)$", Pattern.MULTILINE);

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
            for (var time = 0; time < 2; time++) {
                awaitWithin(database, random.nextLong(), all, time, 2);
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

    /// What it has in its hands when it wakes was written long ago.
    @ParameterizedTest(name = NAMED)
    @MethodSource(SEEDS)
    void aLedgerThatSleepsBetweenTwoBatchesIsFencedWhenItWakes(long seed) {
        var all = faults.recordsOnTheLog(answers);
        var database = faults.fresh();
        try (var sleeper = faults.ledger("dozer", database);
                var other = faults.ledger("other", database)) {
            sleeper.launch();
            awaitWithin(database, seed, all, 0, 3);
            Faults.await()
                    .until(
                            () -> {
                                sleeper.pause();
                                if (faults.isBetweenBatches("dozer")) {
                                    return true;
                                }
                                sleeper.wake();
                                return false;
                            });
            assertThat(Faults.progress(database)).as("seed %d, too late", seed).isLessThan(all);
            other.launch();
            awaitAll(database, all);
            sleeper.wake();
            Faults.await()
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> timesFenced(sleeper) > 0);
            mustSayTheSame(sleeper, database, seed);
            mustSayTheSame(other, database, seed);
        }
    }

    @ParameterizedTest(name = NAMED)
    @MethodSource(SEEDS)
    void aFullDiskStopsTheCatchUpAndRejectsNothing(long seed) {
        assumeTrue(SmallDisk.isPossible(), "no disk can be mounted here");
        var all = faults.recordsOnTheLog(answers);
        try (var disk = faults.smallDisk()) {
            disk.start();
            var database = disk.database();
            try (var ledger = faults.ledger("alone", database)) {
                ledger.launch();
                awaitWithin(database, seed, all, 0, 2);
                disk.fill();
                Faults.await()
                        .until(() -> ask(ledger, READY).body().contains("No space left on device"));
                Faults.await()
                        .during(STAYS_SO)
                        .until(
                                () ->
                                        ask(ledger, "/q/health/live").statusCode() == 200
                                                && ask(ledger, READY).statusCode() == 503
                                                && Faults.progress(database) < all);
                disk.makeRoom();
                awaitAll(database, all);
                mustSayTheSame(ledger, database, seed);
            }
        }
    }

    @ParameterizedTest(name = NAMED)
    @MethodSource(SEEDS)
    void aReleaseThatCountsOtherwiseServesTheOldBooksUntilItsOwnHaveCaughtUpAndHold(long seed)
            throws IOException {
        var all = faults.recordsOnTheLog(answers);
        var database = faults.fresh();
        var counting = Map.of("PARLEY_LEDGER_PROJECTION", "otherwise");
        try (var older = faults.ledger("older", database);
                var newer = faults.ledger("newer", database, counting)) {
            older.launch();
            awaitAll(database, all);
            older.awaitReady();
            var totals = ask(older, TOTALS).body();
            newer.launch();
            newer.awaitReady();
            assertThat(Faults.progressOfTheNext(database)).as("seed %d", seed).isLessThan(all);
            Faults.await().until(() -> Faults.progressOfTheNext(database) > all / 4);
            Faults.changeTheNext(database, moveActivity("+ 1"));

            Faults.await()
                    .until(
                            () -> {
                                mustBothServe(older, newer, 1, totals);
                                return Faults.progressOfTheNext(database) == all;
                            });
            Faults.await()
                    .during(STAYS_SO)
                    .untilAsserted(() -> mustBothServe(older, newer, 1, totals));
            Faults.changeTheNext(database, moveActivity("- 1"));

            Faults.await().untilAsserted(() -> mustBothServe(older, newer, 2, totals));
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
            Faults.await().until(() -> ask(ledger, READY).body().contains("read-only"));
            faults.operate(alter(database, "reset default_transaction_read_only"));
            faults.cut(database);

            awaitAll(database, all);
            ledger.awaitReady();
            var before = ask(ledger, TOTALS);
            faults.operate(alter(database, "allow_connections false"));
            faults.cut(database);
            Faults.await().until(() -> ask(ledger, TOTALS).headers().firstValue("Age").isPresent());
            assertThat(ask(ledger, TOTALS).body()).isEqualTo(before.body());
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

    private static String moveActivity(String by) {
        return "update activity set exchanges = exchanges %s where conflict = '%s' and party = 'UA'"
                .formatted(by, GeneratedLog.CONFLICT);
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

    private static void mustBothServe(
            DisturbedLedger older, DisturbedLedger newer, int generation, String totals)
            throws IOException {
        for (var ledger : List.of(older, newer)) {
            assertThat(ask(ledger, TOTALS).body()).isEqualTo(totals);
            var generations = answers.read(ask(ledger, "/v1/generations").body()).path("items");
            assertThat(generations.valueStream().filter(it -> it.path("serving").asBoolean()))
                    .singleElement()
                    .satisfies(
                            it -> assertThat(it.path("generation").asInt()).isEqualTo(generation));
        }
    }

    private static double timesFenced(DisturbedLedger ledger) throws IOException {
        var found = FENCED.matcher(ask(ledger, "/q/metrics").body());
        return found.find() ? Double.parseDouble(found.group(1)) : 0;
    }

    private static HttpResponse<String> ask(DisturbedLedger ledger, String path)
            throws IOException {
        return answers.send(HttpRequest.newBuilder(ledger.address().resolve(path)).build());
    }
}
