package parley.ledger.door;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static parley.ledger.door.Story.transfer;

import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What many ask for is read once for each position.
@QuarkusTest
@QuarkusTestResource(LogAndBooks.class)
class StandingIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String WAITING_FOR_ACCOUNTS =
            """
            select count(*) from pg_locks where relation = 'account'::regclass and not granted
            """;

    private final Story story = Story.ofConflict();
    private final String totals = "/v1/conflicts/" + story.conflict + "/totals";

    @Inject
    @DataSource("books")
    javax.sql.DataSource books;

    @Test
    void whatWasAnsweredIsAnsweredAgainWithoutAQuery() throws SQLException {
        story.paper().reports(story.id("x"), remains(1000));
        Answer first = story.get(totals);
        await().atMost(PATIENCE).until(() -> Story.askNow(totals).body().equals(first.body()));

        try (Connection locked = lockedAccounts()) {
            for (int time = 0; time < 20; time++) {
                Answer again = Story.askNow(totals);
                assertThat(again.status()).isEqualTo(200);
                assertThat(again.body()).isEqualTo(first.body());
                for (String header :
                        new String[] {
                            "ETag", "Cache-Control", "Content-Type", "Vary", "Content-Length"
                        }) {
                    assertThat(again.header(header)).as(header).isEqualTo(first.header(header));
                }
            }
            assertThat(Story.askNow(totals).response().headers().map())
                    .containsOnlyKeys(first.response().headers().map().keySet());
            Answer known = story.get(totals, "If-None-Match", first.header("ETag"));
            assertThat(known.status()).isEqualTo(304);
            assertThat(known.header("ETag")).isEqualTo(first.header("ETag"));
            assertThat(known.body()).isEmpty();
            assertThat(story.ask("HEAD", totals).header("ETag")).isEqualTo(first.header("ETag"));
            mustBeHeld(locked);
        }
    }

    /// A page or a picture, too.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/?conflict=",
                "/embed/totals/",
                "/embed/timeline/",
                "/embed/timeline/CONFLICT/card.svg",
                "/embed/timeline/CONFLICT/card.png"
            })
    void whatWasRenderedIsGivenAgainWithoutAQueryUntilTheBooksMove(String path)
            throws SQLException {
        String address =
                path.contains("CONFLICT")
                        ? path.replace("CONFLICT", story.conflict)
                        : path + story.conflict;
        story.paper()
                .reports(
                        story.id("x"),
                        story.exchange("2025-07-17", transfer("RU", "UA", "prisoner-of-war", 1)));
        Answer first = story.get(address);
        assertThat(first.status()).isEqualTo(200);
        await().atMost(PATIENCE)
                .until(() -> Story.askNow(address).header("ETag").equals(first.header("ETag")));

        try (Connection locked = locked("account, entry, edition")) {
            Answer again = Story.askNow(address);
            assertThat(again.status()).isEqualTo(200);
            assertThat(again.body()).isEqualTo(first.body());
            Answer known = Story.askNow(address, "If-None-Match", first.header("ETag"));
            assertThat(known.status()).isEqualTo(304);
            assertThat(Story.askNow(address, "Accept-Encoding", "br").status()).isEqualTo(200);
            mustBeHeld(locked);
        }

        story.paper()
                .corrects(
                        story.id("x"),
                        story.exchange("2025-07-17", transfer("RU", "UA", "prisoner-of-war", 2)));
        assertThat(story.get(address).header("ETag")).isNotEqualTo(first.header("ETag"));
    }

    @Test
    void whoWaitsForOnePageHoldsUpNobodyWhoAsksForAnother() throws Exception {
        CompletableFuture<Answer> held;
        try (Connection locked = lockedAccounts()) {
            held = asked("/embed/totals/" + story.conflict + "?position=" + LogWriter.written());
            await().atMost(PATIENCE).until(() -> waiting(locked) == 1);

            for (int other = 0; other < 64; other++) {
                assertThat(Story.askNow("/embed/totals/nowhere?_=" + other).status())
                        .isEqualTo(404);
            }
            mustBeHeld(locked);
        }
        assertThat(held.get().status()).isEqualTo(200);
    }

    @Test
    void whateverIsReadMovesItOn() {
        story.paper().reports(story.id("x"), remains(1000));
        assertThat(story.best("UA", "received")).isEqualTo("1000");

        story.paper().corrects(story.id("x"), remains(999));

        assertThat(story.best("UA", "received")).isEqualTo("999");
        await().atMost(PATIENCE)
                .until(
                        () -> Story.askNow(totals).text("/parties/0/totals/0/received/best"),
                        it -> it.equals("999"));
    }

    @Test
    void ofManyWhoAskForTheSameAtOnceOneAsksTheBooks() throws Exception {
        story.paper().reports(story.id("x"), remains(1000));
        Answer other = story.ours("/totals/UA");

        CompletableFuture<?>[] all;
        try (Connection locked = lockedAccounts()) {
            all =
                    IntStream.range(0, 50)
                            .mapToObj(_ -> asked(totals))
                            .toArray(CompletableFuture[]::new);
            await().atMost(PATIENCE).until(() -> waiting(locked) >= 1);
            assertThat(Story.askNow("/v1/conflicts/" + story.conflict + "/totals/UA").body())
                    .isEqualTo(other.body());
            assertThat(waiting(locked)).isEqualTo(1);
        }

        CompletableFuture.allOf(all).get();
        for (CompletableFuture<?> one : all) {
            assertThat(((Answer) one.get()).status()).isEqualTo(200);
            assertThat(((Answer) one.get()).body()).isEqualTo(((Answer) all[0].get()).body());
        }
    }

    @Test
    void whenTheOneIsCutOffOneOfTheOthersAsksInHisPlace() throws Exception {
        story.paper().reports(story.id("x"), remains(1000));
        Answer other = story.ours("/totals/UA");

        CompletableFuture<?>[] all;
        try (Connection locked = lockedAccounts()) {
            var cutOff = new Socket("localhost", Story.port());
            cutOff.getOutputStream()
                    .write(
                            "GET %s HTTP/1.1\r\nHost: localhost:%d\r\n\r\n"
                                    .formatted(totals, Story.port())
                                    .getBytes(US_ASCII));
            await().atMost(PATIENCE).until(() -> waiting(locked) == 1);
            all =
                    IntStream.range(0, 10)
                            .mapToObj(_ -> asked(totals))
                            .toArray(CompletableFuture[]::new);
            assertThat(Story.askNow("/v1/conflicts/" + story.conflict + "/totals/UA").body())
                    .isEqualTo(other.body());

            cutOff.close();

            await().atMost(PATIENCE).until(() -> waiting(locked) >= 2);
            assertThat(Story.askNow("/v1/conflicts/" + story.conflict + "/totals/UA").body())
                    .isEqualTo(other.body());
            assertThat(waiting(locked)).isEqualTo(2); // His own question, and theirs.
        }

        CompletableFuture.allOf(all).get();
        for (CompletableFuture<?> one : all) {
            assertThat(((Answer) one.get()).status()).isEqualTo(200);
        }
    }

    @Test
    void whatWasAnsweredToAHeadIsAnsweredAgain() throws SQLException {
        story.paper().reports(story.id("x"), remains(1000));
        String tag = story.ask("HEAD", totals).header("ETag");

        try (Connection locked = lockedAccounts()) {
            assertThat(Story.askNow(totals).header("ETag")).isEqualTo(tag);
            mustBeHeld(locked);
        }
    }

    private static CompletableFuture<Answer> asked(String path) {
        return CompletableFuture.supplyAsync(() -> Story.askNow(path), Thread::startVirtualThread);
    }

    private String remains(int count) {
        return story.exchange("2025-07-17", transfer("RU", "UA", "remains", count));
    }

    /// Until it is closed, a query of the totals waits.
    private Connection lockedAccounts() throws SQLException {
        return locked("account");
    }

    /// Until it is closed, a query of any of these tables waits.
    private Connection locked(String tables) throws SQLException {
        Connection connection = books.getConnection();
        connection.setAutoCommit(false);
        try (var lock = connection.createStatement()) {
            lock.execute("set local search_path = g1");
            lock.execute("lock table " + tables + " in access exclusive mode");
        }
        return connection;
    }

    /// PostgreSQL ends whoever does nothing in a transaction for a while: who waited has waited for
    /// that.
    private static void mustBeHeld(Connection locked) throws SQLException {
        assertThat(locked.isValid(1)).isTrue();
    }

    private static long waiting(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(WAITING_FOR_ACCOUNTS);
                var row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
