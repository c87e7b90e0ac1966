package parley.ledger.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static parley.ledger.door.Story.askAs;
import static parley.ledger.door.Story.askNow;
import static parley.ledger.door.Story.operate;
import static parley.ledger.door.Story.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.contract.LogPosition;

/// The books are built again beside those that are read, held against them, and read instead.
@QuarkusTest
@QuarkusTestResource(LogAndBooks.class)
class GenerationsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String WAITING =
            """
            select count(*) >= %d from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock'
            """;

    @Inject MeterRegistry metrics;

    private final Story story = Story.ofConflict();
    private final int before = serving();

    @AfterEach
    void readWhatWasReadBefore() {
        operate("POST", switchOf(before), "{\"force\":true,\"reason\":\"the test is over\"}");
    }

    @Test
    void onlyAnOperatorBuildsSwitchesOrDrops() {
        for (String[] call :
                new String[][] {
                    {"POST", "/v1/generations"},
                    {"POST", switchOf(before)},
                    {"DELETE", "/v1/generations/" + before}
                }) {
            assertThat(story.ask(call[0], call[1]).status()).as(call[1]).isEqualTo(401);
            assertThat(askAs("reader", call[0], call[1]).status()).as(call[1]).isEqualTo(403);
        }
    }

    @Test
    void aRebuildByTheSameCodeDiffersInNothingAndAnswersTheSameBytes() {
        handOver("a", 100);
        handOver("b", 7);
        List<String> answers = answers();

        int next = built();

        JsonNode comparison =
                await().atMost(PATIENCE)
                        .until(
                                () -> generation(next).path("comparison"),
                                it -> it.path("totals").asInt() > 0);
        assertThat(comparison.path("differing").asInt()).isZero();
        assertThat(operate("POST", switchOf(next), "").status()).isEqualTo(200);
        await().atMost(PATIENCE).until(() -> isRead(next));
        assertThat(answers()).isEqualTo(answers);
        assertThat(operate("POST", switchOf(before), "").status()).isEqualTo(200);
        assertThat(answers()).isEqualTo(answers);
        assertThat(drop(next).text("/detail")).contains("may still be read");
        await().atMost(PATIENCE).until(() -> drop(next).status() == 204);
        assertThat(askNow("/v1/generations/" + next).status()).isEqualTo(404);
        assertThat(answers()).isEqualTo(answers);
    }

    @Test
    void theGaugeOfAGenerationMovesAndIsNotMadeAnewWithEachLook() {
        Gauge gauge =
                await().atMost(PATIENCE)
                        .until(
                                () ->
                                        metrics.find("parley.ledger.generation.records")
                                                .tag("generation", Integer.toString(before))
                                                .gauge(),
                                Objects::nonNull);
        double read = gauge.value();

        handOver("x", 1);

        await().atMost(PATIENCE).until(() -> gauge.value() > read);
    }

    @Test
    void noReadFailsAndNoPositionGoesBackWhileGenerationsAreSwitchedUnderLoad() throws Exception {
        handOver("first", 0);
        int next = built();
        var isOver = new AtomicBoolean();
        var failed = new ArrayList<String>();
        CompletableFuture<Integer> readers =
                CompletableFuture.supplyAsync(() -> readUntil(isOver, failed));
        for (int round = 0; round < 6; round++) {
            handOver("under-load-" + round, round + 1);
            int target = round % 2 == 0 ? next : before;
            assertThat(operate("POST", switchOf(target), "").body()).contains("\"serving\":true");
            await().atMost(PATIENCE).until(() -> isRead(target));
        }
        isOver.set(true);

        assertThat(readers.get()).isPositive();
        assertThat(failed).isEmpty();
        assertThat(story.best("UA", "received")).isEqualTo("21");
    }

    @Test
    void aGenerationThatDiffersIsReadOnlyByForceAndWithAReason() throws SQLException {
        handOver("x", 50);
        int next = built();
        execute(
                "update g%d.entry set best = best - 1, low = 0 where conflict = '%s'"
                        .formatted(next, story.conflict));

        Answer refused = operate("POST", switchOf(next), "");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.at("/differences").valueStream())
                .anySatisfy(
                        it -> {
                            assertThat(it.path("conflict").asText()).isEqualTo(story.conflict);
                            assertThat(it.at("/serving/figure/best").asInt()).isEqualTo(50);
                            assertThat(it.at("/other/figure/best").asInt()).isEqualTo(49);
                        });
        assertThat(serving()).isEqualTo(before);
        assertThat(operate("POST", switchOf(next), "{\"force\":true}").status()).isEqualTo(400);
        assertThat(
                        operate("POST", switchOf(next), "{\"force\":true,\"reason\":\"I know\"}")
                                .text("/reason"))
                .isEqualTo("I know");
        assertThat(operate("POST", switchOf(next), "{\"forse\":true}").status()).isEqualTo(400);
    }

    @Test
    void aGenerationThatIsBehindIsNotRead() throws SQLException {
        handOver("read", 0);
        int next = built();
        try (Connection connection = connection()) {
            connection.setAutoCommit(false);
            try (var hold = connection.createStatement()) {
                hold.execute("select turn from g%d.pen for update".formatted(next));
            }
            handOver("not-yet-there", 3);

            Answer refused = operate("POST", switchOf(next), "");

            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.text("/detail")).contains("1 records behind");
            assertThat(serving()).isEqualTo(before);
            connection.rollback();
        }
        handOver("after-that", 4);
        assertThat(story.best("UA", "received")).isEqualTo("7");
    }

    @Test
    void aSwitchWaitsForTheOtherToCatchUpWhileNothingMoreIsWritten() throws Exception {
        handOver("read", 1);
        int next = built();
        CompletableFuture<Answer> switched;
        var more = new AtomicInteger();
        try (Connection connection = connection();
                var hold = connection.createStatement()) {
            connection.setAutoCommit(false);
            hold.execute("select turn from g%d.pen for update".formatted(next));
            handOver("behind", 1);

            switched = CompletableFuture.supplyAsync(() -> operate("POST", switchOf(next), ""));

            await().until(
                            () -> {
                                report("more-" + more.incrementAndGet(), 1);
                                return waiting("update pen set turn");
                            },
                            it -> it == 2);
            connection.rollback();
        }
        assertThat(switched.get().body()).contains("\"serving\":true");
        assertThat(story.best("UA", "received")).isEqualTo(String.valueOf(more.get() + 2));
    }

    @Test
    void whatIsBeingWrittenIntoTheOtherIsHeldAgainstTheServingOneToo() throws Exception {
        handOver("x", 50);
        int next = built();
        CompletableFuture<Answer> switched;
        try (Connection connection = connection();
                var write = connection.createStatement()) {
            connection.setAutoCommit(false);
            write.execute("select turn from g%d.pen for update".formatted(next));
            write.execute(
                    "update g%d.entry set best = best - 1, low = 0 where conflict = '%s'"
                            .formatted(next, story.conflict));

            switched = CompletableFuture.supplyAsync(() -> operate("POST", switchOf(next), ""));

            await().until(() -> waiting("select turn from g" + next + ".pen"), it -> it == 1);
            connection.commit();
        }
        assertThat(switched.get().status()).isEqualTo(409);
        assertThat(serving()).isEqualTo(before);
    }

    @Test
    void noReplicaReadsAGenerationThatStandsFurtherBackThanWhatItHasRead() throws SQLException {
        handOver("read", 1);
        int next = built();
        try (Connection connection = connection();
                var hold = connection.createStatement()) {
            connection.setAutoCommit(false);
            hold.execute("select turn from g%d.pen for update".formatted(next));
            handOver("further", 2);
            execute("update parley.serving set generation = %d, forced = false".formatted(next));

            handOver("further-still", 4);

            assertThat(story.best("UA", "received")).isEqualTo("7");
            connection.rollback();
        }
        handOver("there", 8);
        assertThat(story.best("UA", "received")).isEqualTo("15");
    }

    @Test
    void whoListensAgainAfterASwitchHearsTheNewestAndNothingOlder() throws Exception {
        handOver("heard", 1);
        String last = heard("1");
        int next = built();
        try (Connection connection = connection();
                var hold = connection.createStatement()) {
            connection.setAutoCommit(false);
            hold.execute("select turn from g%d.pen for update".formatted(next));
            handOver("missed", 2);
            execute("update parley.serving set generation = %d, forced = false".formatted(next));
            handOver("told-of-the-switch", 4);

            try (var again = new Listening(story.conflict, "Last-Event-ID", last)) {
                again.awaitBest("7");
                connection.rollback();
                handOver("there", 8);
                again.awaitBest("15");
                assertThat(again.bests()).containsExactly("7", "15");
            }
        }
    }

    @Test
    void whatAnotherGenerationSaysOtherwiseIsToldToWhoListensAgain() throws Exception {
        handOver("x", 50);
        String last = heard("50");
        int next = built();
        execute(
                "update g%d.account set best = best - 1, low = 0 where conflict = '%s'"
                        .formatted(next, story.conflict));
        operate("POST", switchOf(next), "{\"force\":true,\"reason\":\"it counts otherwise\"}");
        await().atMost(PATIENCE).until(() -> story.best("UA", "received").equals("49"));

        try (var again = new Listening(story.conflict, "Last-Event-ID", last)) {
            again.awaitBest("49");
        }
    }

    @Test
    void oneIsDroppedInTheMidstOfABatchAndTheOthersAreFedOn() throws Exception {
        handOver("read", 1);
        int next = built();
        await().atMost(PATIENCE)
                .until(() -> isSo("select since < now() - interval '11 s' from parley.serving"));
        CompletableFuture<Answer> dropped;
        try (Connection connection = connection()) {
            connection.setAutoCommit(false);
            try (var hold = connection.createStatement()) {
                hold.execute("select turn from g%d.pen for update".formatted(next));
            }
            handOver("in-hand", 3);
            await().atMost(PATIENCE).until(() -> isSo(WAITING.formatted(1)));
            dropped = CompletableFuture.supplyAsync(() -> drop(next));
            await().atMost(PATIENCE).until(() -> isSo(WAITING.formatted(2)));
            connection.rollback();
        }

        assertThat(dropped.get().status()).as(dropped.get().body()).isEqualTo(204);
        await().atMost(PATIENCE).until(() -> !isFollowed(next));
        assertThat(isFollowed(before)).isTrue();
        handOver("after-that", 4);
        assertThat(story.best("UA", "received")).isEqualTo("8");
        int again = built();
        assertThat(again).isGreaterThan(next);
        assertThat(generation(again).at("/comparison/differing").asInt()).isZero();
    }

    @Test
    void theOneThatIsReadIsNotDroppedAndWhatIsNotThereIsNotFound() {
        assertThat(drop(before).status()).isEqualTo(409);
        assertThat(drop(4711).status()).isEqualTo(404);
        assertThat(operate("POST", switchOf(4711), "").status()).isEqualTo(404);
        assertThat(askNow("/v1/generations/4711").status()).isEqualTo(404);
    }

    private void handOver(String name, int people) {
        report(name, people);
        assertThat(story.ours("/totals").status()).isEqualTo(200);
    }

    private void report(String name, int people) {
        story.paper()
                .reports(
                        story.id(name),
                        story.exchange("2025-07-17", transfer("RU", "UA", "remains", people)));
    }

    /// The position of the event by which one hears that so many were received.
    private String heard(String best) throws Exception {
        try (var listening = new Listening(story.conflict)) {
            listening.awaitBest(best);
            return listening.of("id").getLast();
        }
    }

    private List<String> answers() {
        return List.of(
                story.ours("/totals").body(),
                story.ours("/entries").body(),
                story.ours("/exchanges").body(),
                story.get("/v1/exchanges/" + story.id("a") + "/history").body(),
                story.get("/v1/rejections").body());
    }

    private int readUntil(AtomicBoolean isOver, List<String> failed) {
        LogPosition newest = LogPosition.START;
        int reads = 0;
        while (!isOver.get()) {
            Answer answer = askNow("/v1/conflicts/" + story.conflict + "/totals");
            reads++;
            if (answer.status() != 200) {
                failed.add(answer.body());
                continue;
            }
            LogPosition read = LogPosition.parse(answer.text("/position"));
            if (!read.covers(newest)) {
                failed.add("%s came after %s".formatted(read, newest));
            }
            newest = read;
        }
        return reads;
    }

    /// The number of a new generation that has caught up.
    private int built() {
        Answer begun = operate("POST", "/v1/generations", "");
        assertThat(begun.status()).isEqualTo(202);
        int next = begun.at("/generation").asInt();
        await().atMost(PATIENCE)
                .until(() -> generation(next).path("state").asText().equals("ready"));
        return next;
    }

    private static JsonNode generation(int number) {
        return askNow("/v1/generations/" + number).json();
    }

    private static int serving() {
        for (JsonNode one : askNow("/v1/generations").json().path("items")) {
            if (one.path("serving").asBoolean()) {
                return one.path("generation").asInt();
            }
        }
        throw new AssertionError("None is read");
    }

    private static boolean isRead(int number) {
        return serving() == number;
    }

    private static String switchOf(int generation) {
        return "/v1/generations/%d/switch".formatted(generation);
    }

    private static Answer drop(int generation) {
        return operate("DELETE", "/v1/generations/" + generation, "");
    }

    /// How many wait for somebody else with such a statement.
    private static int waiting(String statement) throws SQLException {
        try (Connection connection = connection();
                var count =
                        connection.prepareStatement(
                                """
                                select count(*) from pg_stat_activity
                                where wait_event_type = 'Lock' and starts_with(query, ?)
                                """)) {
            count.setString(1, statement);
            try (var row = count.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    private static boolean isFollowed(int generation) {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("intake-" + generation));
    }

    private static boolean isSo(String sql) throws SQLException {
        try (Connection connection = connection();
                var select = connection.createStatement();
                var row = select.executeQuery(sql)) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = connection();
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
    }

    private static Connection connection() throws SQLException {
        var config = ConfigProvider.getConfig();
        return DriverManager.getConnection(
                config.getValue("quarkus.datasource.jdbc.url", String.class),
                config.getValue("quarkus.datasource.username", String.class),
                config.getOptionalValue("quarkus.datasource.password", String.class).orElse(""));
    }
}
