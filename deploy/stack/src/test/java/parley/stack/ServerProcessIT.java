package parley.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir Path folder;

    @Test
    void aServerEndsWhenTheJvmThatStartedItIsKilled() throws IOException {
        var parent = jvm(Parent.class);
        var server = ProcessHandle.of(firstNumberOf(parent)).orElseThrow();

        parent.destroyForcibly();

        Awaitility.await().atMost(PATIENCE).until(() -> !server.isAlive());
    }

    @Test
    void aServerThatEndsInsteadOfGettingReadyIsReportedWithItsLog() {
        var server = ServerProcess.start(plan("echo the reason; exit 3"));

        assertThatThrownBy(() -> server.awaitReady(() -> false, PATIENCE))
                .isInstanceOf(ServerFailedException.class)
                .hasMessageContaining("exit code 3")
                .hasMessageEndingWith("the reason");
    }

    @Test
    void aServerThatIsNotReadyInTimeIsReported() {
        var server = ServerProcess.start(plan("exec tail -f /dev/null"));

        assertThatThrownBy(() -> server.awaitReady(() -> false, Duration.ofMillis(100)))
                .isInstanceOf(ServerFailedException.class)
                .hasMessageContaining("not ready");
        server.kill();
    }

    @Test
    void aServerThatDoesNotHeedItsSignalIsKilled() throws IOException {
        var log = folder.resolve("log");
        var server =
                ServerProcess.start(plan("trap '' TERM; echo deaf; while :; do read x; done <&1"));
        Awaitility.await().atMost(PATIENCE).until(() -> Files.readString(log).contains("deaf"));

        var isStopped = server.stop(Duration.ofMillis(200));

        assertThat(isStopped).isFalse();
        assertThat(server.isAlive()).isFalse();
    }

    private ServerProcess.Plan plan(String script) {
        var command = List.of("sh", "-c", script);
        return new ServerProcess.Plan("test", command, Map.of(), folder.resolve("log"), "TERM");
    }

    private static Process jvm(Class<?> main) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classPath = System.getProperty("java.class.path");
        return new ProcessBuilder(java, "-cp", classPath, main.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static long firstNumberOf(Process process) throws IOException {
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            return Long.parseLong(lines.readLine());
        }
    }

    /// A JVM that starts a server, says its process id, and stays.
    static final class Parent {
        private Parent() {}

        public static void main(String[] arguments) throws Exception {
            var log = Files.createTempFile("parley", ".log");
            var command = List.of("tail", "-f", "/dev/null");
            var server =
                    ServerProcess.start(
                            new ServerProcess.Plan("test", command, Map.of(), log, "TERM"));
            Stream.of(server.pid()).forEach(System.out::println);
            server.awaitExit(PATIENCE);
        }
    }
}
