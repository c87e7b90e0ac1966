package parley.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// One run of `up` for all tests, since a start takes its seconds; the test that ends it is the
/// last.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UpIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int STOPPED_BY_TERM = 143;

    private final Ports ports = Ports.free();

    private Path folder;
    private StateDirectory state;
    private UpScript up;

    @BeforeAll
    void start(@TempDir Path shared) {
        folder = shared;
        state = new StateDirectory(folder.resolve("state"));
        up = UpScript.start(folder.resolve("up.out"), state.path(), ports, "--empty");
        up.awaitUp();
    }

    @AfterAll
    void stop() {
        up.close();
    }

    @Test
    void itNamesTheAddressesOfAllFour() {
        assertThat(up.printed())
                .contains("Parley is up")
                .contains("http://localhost:" + ports.ingest())
                .contains("http://localhost:" + ports.ledger())
                .contains("localhost:" + ports.kafka())
                .contains("localhost:" + ports.postgres());
    }

    @Test
    void thePidFilesNameFourProcesses() {
        assertThat(Stream.of(Member.values()).map(this::pid).distinct())
                .hasSize(4)
                .allMatch(pid -> ProcessHandle.of(pid).isPresent());
    }

    @Test
    void eachCallerHasAToken() {
        var callers = List.of("publisher", "publisher2", "editor", "reader", "operator");

        assertThat(callers).allMatch(caller -> Files.exists(state.token(caller)));
    }

    @Test
    void theTokensOpenTheFrontDoor() throws Exception {
        var body = "{\"name\":\"A test\",\"since\":\"2020\",\"parties\":[]}";
        var asStranger = put("/v1/conflicts/test", body, "stranger");
        var asPublisher = put("/v1/conflicts/test", body, token("publisher"));
        var asEditor = put("/v1/conflicts/test", body, token("editor"));

        assertThat(asStranger).isEqualTo(401);
        assertThat(asPublisher).isEqualTo(403);
        assertThat(asEditor).isEqualTo(422); // Let in, but a conflict needs two sides.
    }

    @Test
    void aSecondUpOnTheSameDirectoryIsRefused() {
        try (var second =
                UpScript.start(folder.resolve("second.out"), state.path(), Ports.free())) {
            assertThat(second.awaitExit()).isEqualTo(1);
            assertThat(second.printed())
                    .contains("in use by another `up`", state.path().toString());
        }
    }

    @Test
    void aTakenPortIsNamedWithTheOptionThatChangesIt() {
        var free = Ports.free();
        var taken = new Ports(free.ingest(), ports.ledger(), free.kafka(), free.postgres());

        try (var second =
                UpScript.start(folder.resolve("taken.out"), folder.resolve("other"), taken)) {
            assertThat(second.awaitExit()).isEqualTo(1);
            assertThat(second.printed())
                    .contains("Port " + ports.ledger() + " is taken")
                    .contains("--ledger-port");
        }
    }

    @Test
    void aKilledProcessIsReportedAndStartedAgain() {
        for (var member : Member.values()) {
            var killed = pid(member);

            ProcessHandle.of(killed).orElseThrow().destroyForcibly();

            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(
                            () ->
                                    pid(member) != killed
                                            && isUp(ports.ingest())
                                            && isUp(ports.ledger()));
            assertThat(up.printed()).contains(member.label() + " has ended with exit code 137");
        }
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void aTermStopsAllOfItInOrder() {
        var processes =
                Stream.of(Member.values())
                        .map(member -> ProcessHandle.of(pid(member)).orElseThrow())
                        .toList();

        var exitCode = up.terminate();

        assertThat(exitCode).isEqualTo(STOPPED_BY_TERM);
        assertThat(processes).noneMatch(ProcessHandle::isAlive);
        assertThat(Stream.of(Member.values()).map(Member::label).map(state::pid))
                .noneMatch(Files::exists);
        assertThat(up.printed())
                .containsSubsequence(
                        "stopping ingest-service",
                        "stopping ledger-service",
                        "stopping kafka",
                        "stopping postgres");
    }

    private long pid(Member member) {
        return Long.parseLong(StateDirectory.read(state.pid(member.label())));
    }

    private String token(String caller) {
        return StateDirectory.read(state.token(caller));
    }

    private static boolean isUp(int port) throws InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var health = URI.create("http://localhost:%d/q/health/ready".formatted(port));
            return http.send(
                                    HttpRequest.newBuilder(health).build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private int put(String path, String body, String token)
            throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(
                                    URI.create("http://localhost:" + ports.ingest()).resolve(path))
                            .header("Authorization", "Bearer " + token)
                            .header("Content-Type", "application/json")
                            .PUT(HttpRequest.BodyPublishers.ofString(body))
                            .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }
}
