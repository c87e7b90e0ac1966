package parley.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import parley.stack.ClassCache;
import parley.stack.LocalServer;
import parley.stack.ServerProcess;

/// One of the two services, as the build has packaged it. It is configured by its environment, as
/// in production.
public final class QuarkusService extends LocalServer {
    /// Within the folder of the service.
    static final String JAR = "target/quarkus-app/quarkus-run.jar";

    /// A ledger with a new database reads the whole log before it is ready.
    private static final Duration START_PATIENCE = Duration.ofHours(2);
    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(5);

    private final String name;
    private final Path jar;
    private final StateDirectory state;
    private final Map<String, String> environment;
    private final URI address;
    private final HttpClient http;

    public QuarkusService(
            String name,
            Path repository,
            StateDirectory state,
            URI address,
            Map<String, String> settings,
            HttpClient http) {
        super(START_PATIENCE);
        this.name = name;
        this.jar = repository.resolve(name).resolve(JAR);
        this.state = state;
        this.environment = new HashMap<>(settings);
        this.environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        this.environment.put("QUARKUS_HTTP_PORT", Integer.toString(address.getPort()));
        this.address = address;
        this.http = http;
    }

    @Override
    protected ServerProcess.Plan prepare() {
        if (!Files.exists(jar)) {
            throw new UpException("%s is not built: there is no %s".formatted(name, jar));
        }
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // A JVM takes no two.
        if (!environment.getOrDefault("JDK_JAVA_OPTIONS", "").contains("AOTCache")) {
            command.addAll(ClassCache.options(name));
        }
        command.addAll(
                List.of(
                        "-Xmx512m",
                        "-XX:+UseParallelGC",
                        "-XX:+UseStringDeduplication",
                        "-XX:+ExitOnOutOfMemoryError",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        // By this one tells whose process it is.
                        "-Dparley.local.state=" + state.path(),
                        "-jar",
                        jar.toString()));
        return new ServerProcess.Plan(name, command, environment, state.log(name), "TERM");
    }

    @Override
    protected boolean isReady(long pid) {
        var request =
                HttpRequest.newBuilder(address.resolve("/q/health/ready"))
                        .timeout(ANSWER_PATIENCE)
                        .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + name, e);
        }
    }
}
