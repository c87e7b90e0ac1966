package parley.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.stack.LocalServer;
import parley.stack.ServerProcess;

class SupervisedIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private Supervised supervised;

    @BeforeEach
    void start() {
        var console = new Console(new PrintStream(printed, true, StandardCharsets.UTF_8));
        supervised = new Supervised("sleeper", new Sleeper(folder), folder.resolve("pid"), console);
        supervised.start();
    }

    @AfterEach
    void stop() {
        supervised.stop();
    }

    @Test
    void aProcessThatDiesIsReportedAndStartedAgainUnderItsNewPid() {
        var first = supervised.process();
        assertThat(pid()).isEqualTo(first.pid());

        first.destroyForcibly();

        Awaitility.await().atMost(PATIENCE).until(() -> pid() != first.pid());
        assertThat(ProcessHandle.of(pid()).orElseThrow().isAlive()).isTrue();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("sleeper has ended with exit code 137 and is started again");
    }

    @Test
    void aProcessThatIsStoppedStaysStopped() {
        var process = supervised.process();

        supervised.stop();

        assertThat(process.isAlive()).isFalse();
        assertThat(folder.resolve("pid")).doesNotExist();
        assertThat(printed.toString(StandardCharsets.UTF_8)).doesNotContain("again");
    }

    private long pid() {
        return Long.parseLong(StateDirectory.read(folder.resolve("pid")));
    }

    private static final class Sleeper extends LocalServer {
        private final Path folder;

        Sleeper(Path folder) {
            super(PATIENCE);
            this.folder = folder;
        }

        @Override
        protected ServerProcess.Plan prepare() {
            var command = List.of("tail", "-f", "/dev/null");
            var log = folder.resolve("log");
            return new ServerProcess.Plan("sleeper", command, Map.of(), log, "TERM");
        }

        @Override
        protected boolean isReady(long pid) {
            return true;
        }
    }
}
