package parley.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever is killed, and whenever, the books end the same. `-Dparley.events=200000` makes the log
/// as long as one likes; `-Dparley.kills=SEED` repeats the moments of a run that failed.
class KilledWhileLoadingIT {
    private static final int EVENTS = Integer.getInteger("parley.events", 25_000);

    /// A claimant's newest figure is the later on the log of two that were said on one day; two
    /// lines that are on their way together may get there in either order. With this seed such
    /// lines are further apart than what ingest lets be on its way, so that one order is right.
    private static final long LOG_SEED = 7;

    private static final long KILLS_SEED =
            Long.getLong("parley.kills", new Random().nextLong(1_000_000));
    private static final int LEDGER_KILLS = 2;
    private static final int INGEST_KILLS = 2;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final String RUN =
            "%d events of seed %d, kills of seed %d".formatted(EVENTS, LOG_SEED, KILLS_SEED);

    @TempDir Path folder;

    /// What a ledger says.
    private record Books(JsonNode totals, List<String> entries) {}

    @Test
    void killingEitherServiceWhileItLoadsChangesNoEntry() {
        var log = GeneratedLog.write(folder.resolve("log.ndjson"), LOG_SEED, EVENTS);

        var undisturbed = undisturbed(log);
        var disturbed = disturbed(log);

        assertThat(disturbed.totals()).as(RUN).isEqualTo(undisturbed.totals());
        assertThat(disturbed.entries()).as(RUN).hasSameSizeAs(undisturbed.entries());
        assertThat(differences(undisturbed.entries(), disturbed.entries())).as(RUN).isEmpty();
    }

    private Books undisturbed(Path log) {
        try (var system = system("undisturbed");
                var answers = new Answers(system)) {
            system.start();
            answers.awaitRead(load(answers, log, new ArrayDeque<>(), () -> {}));
            return books(answers);
        }
    }

    private Books disturbed(Path log) {
        try (var system = system("disturbed");
                var answers = new Answers(system)) {
            system.start();
            var random = new Random(KILLS_SEED);
            var ingestKills = moments(random, INGEST_KILLS, size(log));
            var ledgerKills = moments(random, LEDGER_KILLS, EVENTS);

            // In a thread of its own: in the common pool, which may have only one, it would hold up
            // what the JDK completes there when a process ends.
            var position =
                    CompletableFuture.supplyAsync(
                            () ->
                                    load(
                                            answers,
                                            log,
                                            ingestKills,
                                            () -> kill(system, Member.INGEST_SERVICE)),
                            Thread::startVirtualThread);
            while (!ledgerKills.isEmpty()) {
                var moment = ledgerKills.remove();
                await().until(() -> read(answers) >= moment);
                kill(system, Member.LEDGER_SERVICE);
            }
            await().until(() -> read(answers) >= 0 && position.isDone());
            answers.awaitRead(position.join());
            assertThat(ingestKills).as(RUN).isEmpty();
            assertThat(read(answers)).as(RUN).isGreaterThan(EVENTS);
            return books(answers);
        }
    }

    private LocalSystem system(String name) {
        return new LocalSystem(
                new LocalSystem.Plan(
                        UpScript.REPOSITORY, folder.resolve(name), Ports.free(), true));
    }

    /// Ascending, each somewhere in a stretch of its own between a twentieth of all and all.
    private static Queue<Long> moments(Random random, int kills, long all) {
        var first = all / 20;
        var stretch = (all - first) / (kills + 1);
        var moments = new ArrayDeque<Long>();
        for (var kill = 0; kill < kills; kill++) {
            moments.add(first + kill * stretch + random.nextLong(stretch));
        }
        return moments;
    }

    /// Sends all of it, again from its start whenever the connection breaks, until all is on the
    /// log; returns how far that is. Each attempt is killed when so many bytes of it are sent, as
    /// long as there are such moments left.
    private static String load(Answers answers, Path log, Queue<Long> moments, Runnable kill) {
        var answer =
                await().ignoreExceptionsInstanceOf(IOException.class)
                        .until(
                                () ->
                                        answers.tellAll(
                                                BodyPublishers.ofInputStream(
                                                        () -> killing(log, moments, kill))),
                                it -> it.statusCode() != 503);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var summary = answers.read(answer.body());
        assertThat(summary.path("accepted").asInt()).as(answer.body()).isEqualTo(EVENTS + 1);
        return summary.path("position").asText();
    }

    /// How many records the ledger has read; none where it does not answer. Whenever it does, its
    /// books must hold.
    private static long read(Answers answers) {
        try {
            var answer = answers.send(answers.audit());
            if (answer.statusCode() != 200) {
                return -1;
            }
            var audit = answers.read(answer.body());
            assertThat(audit.path("holds").asBoolean()).as(RUN + answer.body()).isTrue();
            return audit.path("partitions")
                    .valueStream()
                    .mapToLong(it -> it.path("nextOffset").asLong())
                    .sum();
        } catch (IOException e) {
            return -1;
        }
    }

    private static void kill(LocalSystem system, Member member) {
        var process = system.process(member);
        process.destroyForcibly();
        process.onExit().join();
    }

    private static Books books(Answers answers) {
        var list = "/v1/conflicts/" + GeneratedLog.CONFLICT;
        var entries = new ArrayList<String>();
        answers.pages(
                list + "/entries?limit=1000",
                page ->
                        answers.read(page)
                                .path("items")
                                .forEach(entry -> entries.add(withoutCoordinates(entry))));
        return new Books(answers.get(list + "/totals").path("parties"), entries);
    }

    /// Where it stands on the log differs, since what was sent again stands there twice.
    private static String withoutCoordinates(JsonNode entry) {
        return Stream.of("exchange", "from", "to", "category", "count", "figure", "occurredOn")
                .map(field -> entry.path(field).toString())
                .collect(Collectors.joining(" "));
    }

    private static List<String> differences(List<String> undisturbed, List<String> disturbed) {
        return IntStream.range(0, undisturbed.size())
                .filter(at -> !undisturbed.get(at).equals(disturbed.get(at)))
                .limit(10)
                .mapToObj(at -> undisturbed.get(at) + " became " + disturbed.get(at))
                .toList();
    }

    private static ConditionFactory await() {
        return Awaitility.await()
                .alias(RUN)
                .pollDelay(Duration.ZERO)
                .pollInterval(PAUSE)
                .atMost(PATIENCE);
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream killing(Path file, Queue<Long> moments, Runnable kill) {
        try {
            return new Killing(Files.newInputStream(file), moments, kill);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A file that kills whoever reads it when so much of it is read.
    private static final class Killing extends FilterInputStream {
        private final Queue<Long> moments;
        private final Runnable kill;
        private long left;

        Killing(InputStream file, Queue<Long> moments, Runnable kill) {
            super(file);
            this.moments = moments;
            this.kill = kill;
            this.left = moments.isEmpty() ? Long.MAX_VALUE : moments.element();
        }

        @Override
        public int read(byte[] into, int from, int bytes) throws IOException {
            var read = super.read(into, from, bytes);
            left -= read;
            if (left <= 0) {
                moments.remove();
                left = Long.MAX_VALUE;
                kill.run();
            }
            return read;
        }
    }
}
