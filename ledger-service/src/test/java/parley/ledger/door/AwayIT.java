package parley.ledger.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static parley.ledger.door.Story.transfer;

import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.contract.LogPosition;
import parley.contract.Topic;

/// What one reads while PostgreSQL is away.
@QuarkusTest
@QuarkusTestResource(LogAndBooks.class)
class AwayIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// Ten that each waited for a connection would take longer than that.
    private static final Duration AT_ONCE_TEN_TIMES = Duration.ofSeconds(5);

    /// As when it takes too long.
    private static final String CANCELLED =
            """
            select pg_cancel_backend(pid) from pg_locks
            where relation = 'g1.entry'::regclass and not granted
            """;

    @Inject
    @DataSource("books")
    javax.sql.DataSource books;

    private final Story story = Story.ofConflict();
    private final String totals = "/v1/conflicts/" + story.conflict + "/totals";

    @AfterEach
    void booksAreBack() {
        await().atMost(PATIENCE).until(() -> Story.askNow("/v1/audit").status() == 200);
    }

    @Test
    void whatWasAnsweredBeforeIsAnsweredAtOnceAndSaysHowOldItIs() {
        report("x", 1000);
        Answer before = story.get(totals);

        try (var _ = new RefusingBooks()) {
            awaitMemory();
            Instant started = Instant.now();
            for (int time = 0; time < 10; time++) {
                Answer kept = story.get(totals);

                assertThat(kept.status()).isEqualTo(200);
                assertThat(kept.body()).isEqualTo(before.body());
                assertThat(kept.header("ETag")).isEqualTo(before.header("ETag"));
                assertThat(kept.header("Content-Type")).isEqualTo(before.header("Content-Type"));
                assertThat(kept.header("Vary")).isEqualTo(before.header("Vary"));
                assertThat(kept.header("Cache-Control")).isEqualTo("no-store");
                assertThat(Integer.parseInt(kept.header("Age"))).isBetween(0, 60);
                assertThat(Instant.parse(kept.header("Ledger-As-Of-Read"))).isBefore(started);
            }
            assertThat(Duration.between(started, Instant.now())).isLessThan(AT_ONCE_TEN_TIMES);
        }
    }

    /// One who could not read them does not make all others go back to what was before.
    @Test
    void whileTheBooksAreThereNothingIsAnsweredThatTheyHaveLeftBehind() throws SQLException {
        report("x", 1000);
        Answer before = story.get(totals);
        report("y", 1);
        assertThat(story.best("UA", "received")).isEqualTo("1001");

        try (Connection locked = books.getConnection();
                var sql = locked.createStatement()) {
            locked.setAutoCommit(false);
            sql.execute("lock table g1.entry in access exclusive mode");
            var failed =
                    CompletableFuture.supplyAsync(
                            () -> Story.askNow("/v1/conflicts/" + story.conflict + "/entries"),
                            Thread::startVirtualThread);
            await().atMost(PATIENCE).until(() -> isSo(sql, CANCELLED));
            assertThat(failed.join().status()).isEqualTo(503);
        }

        Answer after = Story.askNow(totals);
        assertThat(after.status()).isEqualTo(200);
        assertThat(after.body()).isNotEqualTo(before.body());
        assertThat(after.text("/parties/0/totals/0/received/best")).isEqualTo("1001");
    }

    private static boolean isSo(Statement sql, String question) throws SQLException {
        try (var row = sql.executeQuery(question)) {
            return row.next() && row.getBoolean(1);
        }
    }

    /// All replicas are in the same trouble: taking them out would leave readers nothing.
    @Test
    void whoAnswersFromMemoryStaysReady() {
        report("x", 1000);
        story.get(totals);

        try (var _ = new RefusingBooks()) {
            awaitMemory();
            Answer ready = Story.askNow("/q/health/ready");

            assertThat(ready.status()).as(ready.body()).isEqualTo(200);
        }
    }

    @Test
    void whoHasTheKeptAnswerIsToldSo() {
        report("x", 1000);
        Answer before = story.get(totals);

        try (var _ = new RefusingBooks()) {
            awaitMemory();
            Answer kept = story.get(totals, "If-None-Match", before.header("ETag"));

            assertThat(kept.status()).isEqualTo(304);
            assertThat(kept.body()).isEmpty();
            assertThat(kept.header("ETag")).isEqualTo(before.header("ETag"));
            assertThat(kept.header("Age")).isNotEmpty();
        }
    }

    @Test
    void anAnswerIsAsOldAsTheLastLookAtTheBooksWhereTheyHaveNotMoved() {
        report("x", 1000);
        story.get(totals);
        Instant rendered = Instant.now();
        await().atMost(PATIENCE).until(() -> Instant.now().isAfter(rendered.plusSeconds(4)));

        try (var _ = new RefusingBooks()) {
            awaitMemory();
            Answer first = Story.askNow(totals);
            await().atMost(PATIENCE)
                    .until(() -> Integer.parseInt(Story.askNow(totals).header("Age")) >= 3);

            assertThat(Instant.parse(first.header("Ledger-As-Of-Read")))
                    .isAfter(rendered.plusSeconds(1));
            assertThat(Story.askNow(totals).header("Ledger-As-Of-Read"))
                    .isEqualTo(first.header("Ledger-As-Of-Read"));
        }
    }

    @Test
    void whatWasNeverAnsweredOrReachesNotFarEnoughIs503AtOnce() {
        report("x", 1000);
        story.get(totals);
        story.get(totals + "?knownAt=2020-01-01T00:00:00Z");
        String further = LogPosition.behind(Topic.CLAIM_EVENTS, 0, 1_000_000).toString();

        try (var _ = new RefusingBooks()) {
            awaitMemory();
            Instant started = Instant.now();
            for (String path :
                    new String[] {
                        "/v1/audit",
                        totals + "/UA",
                        totals + "?knownAt=2020-01-01T00:00:00Z",
                        totals + "?position=" + further
                    }) {
                Answer answer = Story.askNow(path);

                assertThat(answer.status()).as(path).isEqualTo(503);
                assertThat(answer.header("Retry-After")).as(path).isNotEmpty();
            }
            assertThat(story.get(totals, "Ledger-Position", further).status()).isEqualTo(503);
            assertThat(Duration.between(started, Instant.now())).isLessThan(AT_ONCE_TEN_TIMES);
        }
    }

    @Test
    void onceTheBooksAreBackTheyAreReadAfresh() {
        report("x", 1000);
        Answer before = story.get(totals);

        try (var _ = new RefusingBooks()) {
            awaitMemory();
            report("y", 1);
        }

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> {
                            Answer afresh = story.get(totals);
                            assertThat(afresh.status()).isEqualTo(200);
                            assertThat(afresh.header("Age")).isEmpty();
                            assertThat(afresh.body()).isNotEqualTo(before.body());
                        });
    }

    @Test
    void whoIsHeldWhenTheBooksGoAwayIsToldThatNothingIsNewOnceTimeIsUp() {
        report("x", 1000);
        Answer before = story.get(totals);

        CompletableFuture<Answer> held = asked("?wait=5", before);
        try (var _ = new RefusingBooks()) {
            Answer answer = held.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();

            assertThat(answer.status()).isEqualTo(304);
            assertThat(answer.header("ETag")).isEqualTo(before.header("ETag"));
        }
    }

    @Test
    void whoIsHeldWhileTheBooksAreAwayHearsWhatIsNewOnceTheyAreBack() {
        report("x", 1000);
        Answer before = story.get(totals);
        var held = new ArrayList<CompletableFuture<Answer>>();

        held.add(asked("?wait=60", before));
        try (var _ = new RefusingBooks()) {
            awaitMemory();
            held.add(asked("?wait=60", before));
            report("y", 1);
        }

        for (CompletableFuture<Answer> one : held) {
            Answer answer = one.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text("/parties/0/totals/0/received/best")).isEqualTo("1001");
        }
    }

    private CompletableFuture<Answer> asked(String query, Answer has) {
        return CompletableFuture.supplyAsync(
                () -> Story.askNow(totals + query, "If-None-Match", has.header("ETag")),
                Thread::startVirtualThread);
    }

    private void awaitMemory() {
        await().atMost(PATIENCE).until(() -> !Story.askNow(totals).header("Age").isEmpty());
    }

    private void report(String name, int count) {
        story.paper()
                .reports(
                        story.id(name),
                        story.exchange("2025-07-17", transfer("RU", "UA", "remains", count)));
    }
}
