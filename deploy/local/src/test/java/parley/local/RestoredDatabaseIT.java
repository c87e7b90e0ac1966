package parley.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import parley.stack.Database;
import parley.stack.LocalPostgres;

/// The database is lost and comes back from a backup that was taken while the ledger wrote, by the
/// very commands of `deploy/docs/operations.md`. Only with `-Dparley.backup=100000`, which is how
/// many events the log has; wants `psql`.
@EnabledIfSystemProperty(named = "parley.backup", matches = "\\d+")
class RestoredDatabaseIT {
    private static final int EVENTS = Integer.getInteger("parley.backup", 20_000);
    private static final long SEED = Long.getLong("parley.seed", 7);
    private static final Path DOCUMENT = UpScript.REPOSITORY.resolve("deploy/docs/operations.md");
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final String BATCH_RECORDS = "1000";

    @TempDir Path folder;

    @Test
    void aLedgerWhoseDatabaseIsRestoredComesToTheBooksOfOneThatLostNothing() throws Exception {
        List<String> log = GeneratedLog.lines(SEED, EVENTS).toList();
        var faults = new Faults(folder.resolve("system"));
        LocalPostgres.Settings settings = faults.spare();
        try (faults;
                var answers = new Answers(faults.system());
                var postgres = new LocalPostgres(settings)) {
            faults.system().start();
            postgres.start();
            var database = postgres.database("restored");
            try (var ledger =
                    faults.ledger(
                            "restored",
                            database,
                            Map.of("PARLEY_LEDGER_INTAKE_BATCH_RECORDS_MAX", BATCH_RECORDS))) {
                ledger.launch();
                publish(answers, log.subList(0, EVENTS / 2));
                Faults.await().until(() -> Faults.progress(database) > EVENTS / 10);

                long before = Faults.progress(database);
                double backup = seconds(() -> run("pg_backup_start", settings));
                long after = Faults.progress(database);
                assertThat(after).as("written meanwhile").isGreaterThan(before);
                publish(answers, log.subList(EVENTS / 2, log.size()));
                long all = faults.recordsOnTheLog(answers, PATIENCE);
                awaitRead(database, all);

                postgres.kill();
                Files.move(settings.data(), folder.resolve("lost"));
                ledger.stop();
                double restore = seconds(() -> run("tar -xf", settings));
                double start = seconds(postgres::start);
                long restored = Faults.progress(database);
                assertThat(restored).isBetween(before, after);
                double rest =
                        seconds(
                                () -> {
                                    ledger.launch();
                                    awaitRead(database, all);
                                });
                ledger.awaitReady();

                assertThat(Digest.of(answers, ledger.address()))
                        .isEqualTo(Digest.of(answers, faults.system().ledger()));
                String totals = "/v1/conflicts/%s/totals".formatted(GeneratedLog.CONFLICT);
                assertThat(answers.text(ledger.address().resolve(totals).toString()))
                        .isEqualTo(answers.text(totals));
                System.out.printf(
                        "%,d records on the log; a backup of %,d kB in %.1f s, while %,d were read;"
                                + " unpacked in %.1f s, PostgreSQL up after %.1f s at %,d, the ledger"
                                + " at the head %.1f s later; from an empty database %.1f s%n",
                        all,
                        kilobytes(backup()),
                        backup,
                        after - before,
                        restore,
                        start,
                        restored,
                        rest,
                        fromNothing(faults, all));
            }
        }
    }

    private static double fromNothing(Faults faults, long all) throws Exception {
        var database = faults.fresh();
        try (var ledger =
                faults.ledger(
                        "new",
                        database,
                        Map.of("PARLEY_LEDGER_INTAKE_BATCH_RECORDS_MAX", BATCH_RECORDS))) {
            return seconds(
                    () -> {
                        ledger.launch();
                        awaitRead(database, all);
                    });
        }
    }

    private static void publish(Answers answers, List<String> lines) throws IOException {
        var answer = answers.tellAll(BodyPublishers.ofString(String.join("\n", lines)));
        assertThat(answers.read(answer.body()).path("accepted").asInt())
                .as(answer.body())
                .isEqualTo(lines.size());
    }

    private static void awaitRead(Database database, long all) {
        Faults.await().atMost(PATIENCE).until(() -> Faults.progress(database) == all);
    }

    private Path backup() {
        return folder.resolve("backup");
    }

    /// Runs the block of the document that has this command.
    private void run(String command, LocalPostgres.Settings postgres) throws Exception {
        var block =
                Guide.blocks(DOCUMENT).stream()
                        .filter(it -> it.language().equals("sh") && it.text().contains(command))
                        .findFirst()
                        .orElseThrow();
        Guide.run(
                """
                set -euo pipefail
                export PGHOST=127.0.0.1 PGPORT=%d PGUSER=parley PGPASSWORD=%s PGDATA=%s BACKUP=%s
                %s"""
                        .formatted(
                                postgres.port(),
                                postgres.password(),
                                postgres.data(),
                                backup(),
                                block.text()),
                folder);
    }

    private interface Step {
        void take() throws Exception;
    }

    private static double seconds(Step step) throws Exception {
        long begun = System.nanoTime();
        step.take();
        return (System.nanoTime() - begun) / 1e9;
    }

    private static long kilobytes(Path of) throws IOException {
        try (Stream<Path> files = Files.list(of)) {
            return files.mapToLong(file -> file.toFile().length()).sum() / 1_000;
        }
    }
}
