package parley.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A ledger that is told to go fails nobody.
class DrainingIT {
    private static final Map<String, String> DELAY = Map.of("QUARKUS_SHUTDOWN_DELAY", "3S");

    @TempDir Path folder;

    @Test
    void onTermReadinessFallsFirstAndWhoWaitsOrListensIsToldToComeAgain() throws Exception {
        var faults = new Faults(folder.resolve("system"));
        try (faults;
                var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            faults.system().start();
            try (var answers = new Answers(faults.system());
                    var _ = new Burst(answers, 1);
                    var ledger = faults.ledger("going", faults.fresh(), DELAY)) {
                ledger.launch();
                ledger.awaitReady();
                var totals = "/v1/conflicts/burst-1/totals";
                var first = http.send(ask(ledger, totals).build(), BodyHandlers.ofString());
                var poll = ask(ledger, totals + "?wait=60").header("If-None-Match", tag(first));
                var held = http.sendAsync(poll.build(), BodyHandlers.ofString());
                var stream =
                        http.send(
                                ask(ledger, "/v1/stream?conflict=burst-1").build(),
                                BodyHandlers.ofLines());
                var heard = CompletableFuture.supplyAsync(() -> all(stream.body()));

                var stopped = CompletableFuture.runAsync(ledger::stop);

                Faults.await().until(() -> status(http, ledger, "/q/health/ready") == 503);
                var meanwhile = http.send(ask(ledger, totals).build(), BodyHandlers.ofString());
                assertThat(meanwhile.statusCode()).isEqualTo(200);
                assertThat(meanwhile.headers().firstValue("Connection")).contains("close");
                assertThat(held).isNotDone();
                var told = held.join();
                assertThat(told.statusCode()).isEqualTo(304);
                assertThat(told.headers().firstValue("Connection")).contains("close");
                assertThat(heard.join()).contains("event:totals", "retry:2000");
                stopped.join();
                assertThat(ledger.isRunning()).isFalse();
            }
        }
    }

    private static String all(Stream<String> lines) {
        return String.join("\n", lines.toList());
    }

    private static String tag(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.headers().firstValue("ETag").orElseThrow();
    }

    private static int status(HttpClient http, DisturbedLedger ledger, String path)
            throws IOException, InterruptedException {
        return http.send(ask(ledger, path).build(), BodyHandlers.discarding()).statusCode();
    }

    private static HttpRequest.Builder ask(DisturbedLedger ledger, String path) {
        return HttpRequest.newBuilder(ledger.address().resolve(path));
    }
}
