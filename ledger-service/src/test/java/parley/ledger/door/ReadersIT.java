package parley.ledger.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Where only readers may read, they alone see figures, on the page too.
@QuarkusTest
@TestProfile(ReadersIT.OnlyReaders.class)
@QuarkusTestResource(LogAndBooks.class)
class ReadersIT {
    private static final int THREADS = 4;

    /// It records traces, too, for [ExemplarsIT], which needs no start of its own then.
    public static final class OnlyReaders implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.http.auth.permission.read.policy",
                    "readers",
                    "quarkus.thread-pool.max-threads",
                    String.valueOf(THREADS),
                    "quarkus.otel.sdk.disabled",
                    "false",
                    "quarkus.otel.traces.exporter",
                    "none");
        }
    }

    private final Story story = Story.ofConflict();

    @Test
    void thePageAndItsEmbedsWantTheTokenThatTheCallsWant() {
        String conflict = story.conflict;
        for (String path :
                List.of(
                        "/?conflict=" + conflict,
                        "/embed/totals/" + conflict,
                        "/embed/timeline/" + conflict,
                        "/embed/timeline/" + conflict + "/card.svg",
                        "/v1/conflicts/" + conflict + "/totals")) {
            String reached = path + (path.contains("?") ? "&" : "?") + "position=";

            assertThat(Story.askNow(path).status()).as(path).isEqualTo(401);
            Answer first = Story.askAs("reader", "GET", reached + LogWriter.written());
            Answer again = Story.askAs("reader", "GET", path);
            for (Answer answer : List.of(first, again)) {
                assertThat(answer.status()).as(path).isEqualTo(200);
                // Else a cache that many share would show it to who has no token.
                assertThat(answer.header("Cache-Control"))
                        .as(path)
                        .startsWith("private, max-age=1");
            }
        }
        assertThat(Story.askNow("/dashboard/any/page.css").status()).isEqualTo(200);
    }

    /// Each of whom would have a thread wait for a read that needs one, too.
    @Test
    void allWhoComeAtOnceToListenToWhatNobodyHasReadAreTold() {
        for (int time = 0; time < 3; time++) {
            String conflict = Story.ofConflict().conflict;
            String known = "/v1/conflicts/" + conflict + "?position=" + LogWriter.written();
            assertThat(Story.askAs("reader", "GET", known).status()).isEqualTo(200);

            List<CompletableFuture<Listening>> all =
                    IntStream.range(0, 4 * THREADS).mapToObj(_ -> listening(conflict)).toList();

            for (CompletableFuture<Listening> one : all) {
                try (Listening listening = one.orTimeout(30, TimeUnit.SECONDS).join()) {
                    assertThat(listening.contentType()).startsWith("text/event-stream");
                }
            }
        }
    }

    private static CompletableFuture<Listening> listening(String conflict) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return new Listening(
                                conflict, "Authorization", "Bearer " + Story.token("reader"));
                    } catch (IOException | InterruptedException failed) {
                        throw new IllegalStateException(failed);
                    }
                },
                Thread::startVirtualThread);
    }
}
