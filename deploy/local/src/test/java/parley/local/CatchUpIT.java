package parley.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A long catch-up that is killed again and again comes to the digest of one that nobody disturbs.
/// `-Dparley.events=1000000 -Dparley.kills=10` for a long one; `-Dparley.seed=N` repeats a run that
/// failed.
class CatchUpIT {
    private static final int EVENTS = Integer.getInteger("parley.events", 12_000);
    private static final int KILLS = Integer.getInteger("parley.kills", 2);
    private static final long SEED = Long.getLong("parley.seed", new Random().nextLong(1_000_000));
    private static final int STEPS = 200;
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final String RUN = "%d events, %d kills, seed %d".formatted(EVENTS, KILLS, SEED);

    @TempDir Path folder;

    @Test
    void aCatchUpKilledAgainAndAgainComesToTheDigestOfAnUndisturbedOne() throws Exception {
        var log = GeneratedLog.write(folder.resolve("log.ndjson"), SEED, EVENTS);
        try (var faults = new Faults(folder.resolve("system"));
                var answers = new Answers(faults.system())) {
            faults.system().start();
            var loaded = answers.tellAll(BodyPublishers.ofFile(log));
            assertThat(answers.read(loaded.body()).path("accepted").asInt())
                    .as(loaded.body())
                    .isEqualTo(EVENTS + 1);
            var all = faults.recordsOnTheLog(answers, PATIENCE);
            var database = faults.fresh();
            var random = new Random(SEED);
            try (var ledger =
                    faults.ledger(
                            "killed",
                            database,
                            Map.of(
                                    "PARLEY_LEDGER_INTAKE_BATCH_RECORDS_MAX",
                                    Integer.toString(EVENTS / STEPS)))) {
                ledger.launch();
                var stretch = all / (KILLS + 1);
                for (var kill = 0; kill < KILLS; kill++) {
                    var moment = kill * stretch + random.nextLong(1, stretch);
                    Faults.await()
                            .atMost(PATIENCE)
                            .until(() -> Faults.progress(database) >= moment);
                    assertThat(Faults.progress(database)).as(RUN).isLessThan(all);
                    ledger.kill();
                    ledger.launch();
                }
                Faults.await().atMost(PATIENCE).until(() -> Faults.progress(database) == all);
                ledger.awaitReady();

                assertThat(Digest.of(answers, ledger.address()))
                        .as(RUN)
                        .isEqualTo(Digest.of(answers, faults.system().ledger()));
                mustBeAuditedOnceCaughtUp(answers, ledger);
            }
        }
    }

    /// The first round waits until the books have caught up, and the next is far behind it.
    private static void mustBeAuditedOnceCaughtUp(Answers answers, DisturbedLedger ledger) {
        var audit =
                Faults.await()
                        .until(
                                () -> answers.read(audit(answers, ledger)),
                                it -> it.hasNonNull("events"));
        assertThat(audit.path("events").path("position").asText())
                .as(RUN)
                .isEqualTo(audit.path("position").asText());
    }

    private static String audit(Answers answers, DisturbedLedger ledger) throws IOException {
        var audit = ledger.address().resolve("/v1/audit");
        return answers.send(HttpRequest.newBuilder(audit).build()).body();
    }
}
