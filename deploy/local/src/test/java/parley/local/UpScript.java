package parley.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/// `deploy/local/up` as a test runs it: the script itself, with what it prints in a file.
final class UpScript implements AutoCloseable {
    static final Path REPOSITORY = Path.of(System.getProperty("parley.local.repository", ""));

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Process process;
    private final Path output;

    private UpScript(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static UpScript start(Path output, Path data, Ports ports, String... more) {
        var command =
                new ArrayList<>(
                        List.of(
                                REPOSITORY.resolve("deploy/local/up").toString(),
                                "--data=" + data,
                                "--ingest-port=" + ports.ingest(),
                                "--ledger-port=" + ports.ledger(),
                                "--kafka-port=" + ports.kafka(),
                                "--postgres-port=" + ports.postgres()));
        command.addAll(List.of(more));
        try {
            var process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            return new UpScript(process, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String printed() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitUp() {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> !process.isAlive() || printed().contains("Parley is up"));
        assertThat(printed()).contains("Parley is up");
    }

    int terminate() {
        process.destroy();
        return awaitExit();
    }

    int awaitExit() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("up does not end: " + printed());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Whatever a failed test has left; its processes end with it.
    @Override
    public void close() {
        process.destroy();
        awaitExit();
    }
}
