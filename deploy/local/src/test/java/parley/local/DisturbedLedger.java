package parley.local;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.HashMap;
import java.util.Map;
import parley.stack.Database;
import parley.stack.FreePort;

/// One more ledger-service, which a test kills, pauses and starts again.
final class DisturbedLedger implements AutoCloseable {
    private static final String STEP_RECORDS = "20";

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI address = URI.create("http://localhost:" + FreePort.any());
    private final QuarkusService service;

    /// @param more settings beside those that it needs
    DisturbedLedger(
            String name,
            StateDirectory state,
            Ports ports,
            Database database,
            Map<String, String> more) {
        var settings =
                new HashMap<>(Map.of("PARLEY_LEDGER_INTAKE_BATCH_RECORDS_MAX", STEP_RECORDS));
        settings.putAll(more);
        settings.putAll(
                Map.of(
                        "KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + ports.kafka(),
                        "QUARKUS_OIDC_PUBLIC_KEY", Keys.of(state).publicKey(),
                        "QUARKUS_DATASOURCE_JDBC_URL",
                                database.jdbcUrl() + "?ApplicationName=" + name,
                        "QUARKUS_DATASOURCE_USERNAME", database.user(),
                        "QUARKUS_DATASOURCE_PASSWORD", database.password(),
                        "PARLEY_LEDGER_INTAKE_GROUP", database.user()));
        this.service =
                new QuarkusService(
                        "ledger-service", UpScript.REPOSITORY, state, address, settings, http);
    }

    Replica replica() {
        return new Replica(address, service);
    }

    URI address() {
        return address;
    }

    QuarkusService service() {
        return service;
    }

    void launch() {
        service.launch();
    }

    void awaitReady() {
        service.awaitReady();
    }

    boolean isRunning() {
        return service.hasProcess() && service.process().isAlive();
    }

    void kill() {
        service.kill();
    }

    void stop() {
        service.stop();
    }

    /// As by SIGSTOP: it neither runs nor ends.
    void pause() {
        Signal.send("STOP", service.process().pid());
    }

    void wake() {
        Signal.send("CONT", service.process().pid());
    }

    @Override
    public void close() {
        if (isRunning()) {
            kill();
        }
        http.shutdownNow();
    }
}
