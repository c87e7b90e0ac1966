package parley.ingest.door;

import java.time.Duration;

/// Waits until the service says that it may be sent requests.
final class Ready {
    private Ready() {}

    static void await() {
        Newsroom anyone = Newsroom.withToken("");
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> anyone.get("/q/health/ready").status() == 200);
    }
}
