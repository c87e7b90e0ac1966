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
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import parley.contract.LogPosition;
import parley.contract.Topic;
import parley.ledger.views.PositionWatch;

/// Who listens hears of each change.
@QuarkusTest
@QuarkusTestResource(LogAndBooks.class)
class StreamIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject PositionWatch watch;

    @Inject
    @DataSource("books")
    javax.sql.DataSource books;

    private final Story story = Story.ofConflict();

    @Test
    void theTotalsAreToldAtOnceAndWheneverTheyChange() throws Exception {
        report("x", 1000);
        Answer now = story.ours("/totals");
        try (var listening = new Listening(story.conflict)) {
            listening.awaitBest("1000");
            assertThat(listening.contentType()).startsWith("text/event-stream");
            assertThat(listening.of("event")).containsExactly("totals");
            assertThat(Answer.json(listening.of("data").getFirst())).isEqualTo(now.json());
            assertThat(listening.of("id")).containsExactly(now.text("/position"));

            report("y", 1);

            listening.awaitBest("1001");
        }
    }

    @Test
    void whatChangesNoTotalIsNotTold() throws Exception {
        report("x", 1000);
        try (var listening = new Listening(story.conflict)) {
            listening.awaitBest("1000");

            story.paper().claims(story.id("c"), story.countClaim(story.id("x"), "Ann", 1000));
            story.ours("/totals");
            report("y", 1);

            listening.awaitBest("1001");
            assertThat(listening.of("event")).hasSize(2);
        }
    }

    @Test
    void whoComesAgainHearsOnlyWhatIsNewer() throws Exception {
        report("x", 1000);
        String last;
        try (var listening = new Listening(story.conflict)) {
            listening.awaitBest("1000");
            last = listening.of("id").getLast();
        }
        try (var again = new Listening(story.conflict, "Last-Event-ID", last)) {
            report("y", 1);
            again.awaitBest("1001");
            assertThat(again.of("event")).hasSize(1);
        }
        try (var late = new Listening(story.conflict, "Last-Event-ID", last)) {
            late.awaitBest("1001");
        }
    }

    /// As on a replica that nobody listened to while another told him of what is gone again.
    @Test
    void whoWasToldElsewhereOfWhatIsGoneAgainHearsThatItIsGone() throws Exception {
        report("x", 1000);
        try (var listening = new Listening(story.conflict)) {
            listening.awaitBest("1000");
        }
        report("y", 1);
        String toldElsewhere = story.ours("/totals").text("/position");
        story.paper().retracts(story.id("y"));
        Answer now = story.ours("/totals");

        try (var again = new Listening(story.conflict, "Last-Event-ID", toldElsewhere)) {
            again.awaitBest("1000");
            assertThat(Answer.json(again.of("data").getFirst())).isEqualTo(now.json());
            assertThat(again.of("id")).containsExactly(now.text("/position"));
        }
    }

    /// As on a replica that is behind when he comes, and reads past where he was told at once.
    @Test
    void whoWasToldMoreElsewhereHearsWhatBecameOfIt() throws Exception {
        report("x", 1000);
        report("y", 0);
        RecordMetadata last = story.paper().corrects(story.id("y"), exchange(0));
        LogPosition here = LogPosition.parse(story.ours("/totals").text("/position"));
        String further =
                here.with(Topic.EXCHANGE_EVENTS, last.partition(), last.offset() + 2).toString();

        try (var again = new Listening(story.conflict, "Last-Event-ID", further)) {
            LogWriter.atOnce(
                    "paper",
                    List.of(correction("more", exchange(1)), correction("no-more", exchange(0))));
            again.awaitBest("1000");
        }
    }

    private LogWriter.Event correction(String id, String statement) {
        return new LogWriter.Event(
                "exchange.corrected",
                "publisher",
                story.id(id),
                story.id("y"),
                "{\"reason\":\"recounted\",\"exchange\":" + statement + "}");
    }

    private String exchange(int count) {
        return story.exchange("2025-07-17", transfer("RU", "UA", "remains", count));
    }

    /// Else they would seem to have moved since, and be read again and again until that is seen.
    @Test
    void whereTheBooksWereReadForAListenerIsKnownAtOnce() throws Exception {
        report("x", 1000);
        try (Connection locked = books.getConnection();
                var sql = locked.createStatement()) {
            locked.setAutoCommit(false);
            sql.execute(
                    "lock table parley.serving in access exclusive mode"); // Nobody sees them move.
            story.paper().reports(story.id("y"), exchange(1));
            await().atMost(PATIENCE).until(() -> isRead(sql, story.id("y")));

            try (var listening = new Listening(story.conflict)) {
                listening.awaitBest("1001");

                LogPosition read = LogPosition.parse(listening.of("id").getLast());
                assertThat(watch.position().covers(read)).isTrue();
            }
            assertThat(locked.isValid(1)).isTrue();
        }
    }

    private static boolean isRead(Statement sql, String exchange) throws SQLException {
        try (var row =
                sql.executeQuery("select 1 from g1.edition where subject = '" + exchange + "'")) {
            return row.next();
        }
    }

    /// Whatever is said meanwhile of what is none of his business.
    @Test
    void whoHearsNothingHearsNowAndThenThatTheLineIsNotDead() throws Exception {
        Story elsewhere = Story.ofConflict();
        var said = new AtomicInteger();
        report("x", 1000);
        try (var listening = new Listening(story.conflict)) {
            listening.awaitBest("1000");

            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(
                            () -> {
                                report(elsewhere, "z" + said.incrementAndGet(), 1);
                                return listening.heartbeats();
                            },
                            heartbeats -> !heartbeats.isEmpty());
            assertThat(listening.of("event")).containsExactly("totals");
        }
    }

    @Test
    void whoDoesNotSayOfWhatOrOfWhatThereIsNotIsTold() {
        assertThat(Story.askNow("/v1/stream").status()).isEqualTo(400);
        assertThat(Story.askNow("/v1/stream").text("/parameter")).isEqualTo("conflict");
        assertThat(Story.askNow("/v1/stream?conflict=nowhere").status()).isEqualTo(404);
    }

    private void report(String name, int count) {
        report(story, name, count);
    }

    private static void report(Story story, String name, int count) {
        story.paper()
                .reports(
                        story.id(name),
                        story.exchange("2025-07-17", transfer("RU", "UA", "remains", count)));
        assertThat(story.ours("/totals").status()).isEqualTo(200);
    }
}
