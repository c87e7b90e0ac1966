package parley.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What only a local server can meet: another that still works in its data directory.
class LeftoverIT {
    @TempDir Path folder;

    @Test
    void aServerThatIsLeftInTheDataDirectoryIsStoppedBeforeAnotherStarts() {
        var left = postgres();
        left.start();
        var one = left.process();

        try (var other = postgres()) {
            other.start();

            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !one.isAlive());
            assertThat(other.process().isAlive()).isTrue();
            assertThat(other.freshDatabase().user()).startsWith("fresh_");
        }
    }

    private LocalPostgres postgres() {
        return new LocalPostgres(
                new LocalPostgres.Settings(
                        folder.resolve("data"),
                        BrokerFiles.folder().resolveSibling("postgres"),
                        folder.resolve("log"),
                        FreePort.any(),
                        "secret",
                        true));
    }
}
