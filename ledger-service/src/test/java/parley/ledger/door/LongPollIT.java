package parley.ledger.door;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.ledger.door.Story.transfer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who would rather wait than be told that nothing is new.
@QuarkusTest
@QuarkusTestResource(LogAndBooks.class)
class LongPollIT {
    private final Story story = Story.ofConflict();
    private final String totals = "/v1/conflicts/" + story.conflict + "/totals";

    @Test
    void whoHasTheAnswerIsHeldUntilItDiffers() {
        report("x", 1000);
        Answer first = story.get(totals);

        List<CompletableFuture<Answer>> held =
                IntStream.range(0, 20).mapToObj(_ -> asked("?wait=60", first)).toList();
        report("y", 1);

        for (CompletableFuture<Answer> one : held) {
            Answer answer = one.orTimeout(30, TimeUnit.SECONDS).join();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("ETag")).isNotEqualTo(first.header("ETag"));
        }
        assertThat(story.best("UA", "received")).isEqualTo("1001");
    }

    @Test
    void onceTimeIsUpHeIsToldThatNothingIsNew() {
        report("x", 1000);
        Answer first = story.get(totals);

        long asked = System.nanoTime();
        Answer answer = asked("?wait=2", first).join();

        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(Duration.ofNanos(System.nanoTime() - asked))
                .isGreaterThan(Duration.ofSeconds(1));
    }

    /// What he has is from another replica, and here nobody has asked for it yet.
    @Test
    void whoHasWhatWasNotAskedForHereBeforeIsHeldToo() {
        report("x", 1000);
        Answer first = story.get(totals);

        long asked = System.nanoTime();
        Answer answer = asked("?wait=1&_=timeIsUp", first).join();
        assertThat(answer.status()).isEqualTo(304);
        assertThat(Duration.ofNanos(System.nanoTime() - asked))
                .isGreaterThan(Duration.ofMillis(800));
    }

    @ParameterizedTest
    @CsvSource({"GET, news", "HEAD, of-no-body", "GET, 100%25%20news"})
    void andHasTheNewsAsSoonAsThereAreAny(String method, String address) {
        report("x", 1000);
        Answer first = story.get(totals);

        CompletableFuture<Answer> held =
                CompletableFuture.supplyAsync(
                        () ->
                                story.ask(
                                        method,
                                        totals + "?wait=60&_=" + address,
                                        "If-None-Match",
                                        first.header("ETag")),
                        Thread::startVirtualThread);
        assertThat(held)
                .failsWithin(Duration.ofMillis(500))
                .withThrowableOfType(TimeoutException.class);
        report("y", 1);

        Answer news = held.orTimeout(30, TimeUnit.SECONDS).join();
        assertThat(news.status()).isEqualTo(200);
        assertThat(news.header("ETag")).isEqualTo(story.get(totals).header("ETag"));
    }

    @Test
    void whatNeverChangesIsWaitedForInVain() {
        report("x", 1000);
        String moment = story.get(totals).text("/knownAt");
        report("y", 1);
        Answer first = story.get(totals + "?knownAt=" + moment);

        CompletableFuture<Answer> held = asked("?wait=2&knownAt=" + moment, first);
        report("z", 1);

        assertThat(held.orTimeout(30, TimeUnit.SECONDS).join().status()).isEqualTo(304);
    }

    /// What is not kept is no less the same under another spelling.
    @Test
    void whoAsksForWhatIsNotKeptIsAnsweredWhenTimeIsUp() {
        report("x", 1000);

        CompletableFuture<Answer> held =
                CompletableFuture.supplyAsync(
                        () -> Story.askNow("/v1/%61udit?wait=3", "If-None-Match", "*"),
                        Thread::startVirtualThread);
        report("y", 1);

        assertThat(held.orTimeout(30, TimeUnit.SECONDS).join().status()).isEqualTo(304);
    }

    @Test
    void whoHasAnotherAnswerOrNoneIsAnsweredAtOnce() {
        report("x", 1000);
        Answer first = story.get(totals);

        assertThat(Story.askNow(totals + "?wait=60").body()).isEqualTo(first.body());
        assertThat(story.get(totals + "?wait=60", "If-None-Match", "\"another\"").body())
                .isEqualTo(first.body());
    }

    @Test
    void theNextPageIsNotWaitedFor() {
        report("x", 1000);
        report("y", 1000);

        Answer page = story.ours("/exchanges?limit=1&wait=5");

        assertThat(page.text("/next")).contains("limit=1").doesNotContain("wait");
    }

    @Test
    void aWaitThatIsNoNumberOfSecondsUpToAMinuteIsRefused() {
        for (String wait : new String[] {"61", "-1", "soon", "1.5", ""}) {
            Answer answer = story.get(totals + "?wait=" + wait);

            assertThat(answer.status()).as(wait).isEqualTo(400);
            assertThat(answer.text("/parameter")).isEqualTo("wait");
        }
    }

    private CompletableFuture<Answer> asked(String query, Answer has) {
        return CompletableFuture.supplyAsync(
                () -> Story.askNow(totals + query, "If-None-Match", has.header("ETag")),
                Thread::startVirtualThread);
    }

    private void report(String name, int count) {
        story.paper()
                .reports(
                        story.id(name),
                        story.exchange("2025-07-17", transfer("RU", "UA", "remains", count)));
        assertThat(story.get(totals).status()).isEqualTo(200);
    }
}
