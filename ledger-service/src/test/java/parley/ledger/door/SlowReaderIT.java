package parley.ledger.door;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static parley.ledger.door.Story.transfer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/// Who listens and takes nothing is not kept.
@QuarkusTest
@QuarkusTestResource(LogAndBooks.class)
class SlowReaderIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PARTIES = 800;

    /// More than Linux keeps for a connection, and not much more than the first that do not fit.
    private static final int BYTES = 8 << 20;

    private final Story story = Story.ofConflict();

    @Test
    void whoTakesNothingIsCutOffAndWhoListensBesideHimIsToldAll() throws Exception {
        defineMany();
        int reports = 0;
        report(++reports);
        long bytes = story.ours("/totals").body().length();
        try (var slow = new Socket();
                var listening = new Listening(story.conflict)) {
            listen(slow);
            awaitBest(listening, reports);
            for (long sent = 0; sent < BYTES; sent += bytes) {
                report(++reports);
                awaitBest(listening, reports);
            }

            // Whatever he says now, nobody is there to hear it.
            await().atMost(PATIENCE).until(() -> isCut(slow));

            report(++reports);
            awaitBest(listening, reports);
        }
    }

    private static void awaitBest(Listening listening, int best) {
        listening.awaitBest(String.valueOf(best));
    }

    /// Asks, and reads nothing of the answer.
    private void listen(Socket slow) throws IOException {
        int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
        slow.setReceiveBufferSize(4_096);
        slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        slow.getOutputStream()
                .write(
                        "GET /v1/stream?conflict=%s HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                .formatted(story.conflict)
                                .getBytes(US_ASCII));
    }

    /// An empty line ahead of a next request says nothing, while there is somebody to say it to.
    private static boolean isCut(Socket slow) {
        try {
            slow.getOutputStream().write("\r\n".getBytes(UTF_8));
            return false;
        } catch (IOException cut) {
            return true;
        }
    }

    private void defineMany() {
        story.editor()
                .sends(
                        "conflict.defined",
                        story.conflict,
                        """
                        {"name":"War","parties":[
                         {"party":"UA","name":"Ukraine","role":"side"},
                         {"party":"RU","name":"Russia","role":"side"},%s]}\
                        """
                                .formatted(
                                        IntStream.range(0, PARTIES)
                                                .mapToObj(SlowReaderIT::third)
                                                .collect(Collectors.joining(","))));
    }

    private static String third(int number) {
        return """
        {"party":"T%d","name":"%s","role":"third"}\
        """
                .formatted(number, "x".repeat(500));
    }

    private void report(int number) {
        story.paper()
                .reports(
                        story.id("x" + number),
                        story.exchange("2025-07-17", transfer("RU", "UA", "remains", 1)));
    }
}
