package parley.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import parley.stack.FreePort;
import parley.stack.LocalServer;
import parley.stack.ServerProcess;

/// An nginx before some ledgers, which keeps answers for all who ask as long as their headers let
/// it, and gives an outdated one while it fetches the next.
final class SharedCache extends LocalServer {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> PLACES =
            List.of("/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/bin/nginx");
    private static final String CONFIGURATION =
            """
            user root; # For whoever is: its folder is nobody else's.
            worker_processes 2;
            daemon off;
            pid nginx.pid;
            error_log stderr;
            events { worker_connections 1024; }
            http {
                access_log off;
                client_body_temp_path body;
                proxy_temp_path proxy;
                fastcgi_temp_path fastcgi;
                scgi_temp_path scgi;
                uwsgi_temp_path uwsgi;
                proxy_cache_path cache keys_zone=answers:10m;
                upstream ledgers {
                    LEDGERS
                    keepalive 16;
                }
                server {
                    listen 127.0.0.1:PORT;
                    location / {
                        proxy_pass http://ledgers;
                        proxy_http_version 1.1;
                        proxy_set_header Connection "";
                        proxy_cache answers;
                        proxy_cache_lock on;
                        proxy_cache_revalidate on;
                        proxy_cache_use_stale updating error timeout;
                        proxy_cache_background_update on;
                    }
                }
            }
            """;

    private final Path folder;
    private final List<URI> ledgers;
    private final int port = FreePort.any();

    SharedCache(Path folder, List<URI> ledgers) {
        super(PATIENCE);
        this.folder = folder.toAbsolutePath();
        this.ledgers = ledgers;
    }

    /// Whether there is an nginx on this machine.
    static boolean isInstalled() {
        return PLACES.stream().map(Path::of).anyMatch(Files::isExecutable);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    protected ServerProcess.Plan prepare() {
        var servers =
                ledgers.stream()
                        .map(it -> "server 127.0.0.1:%d;".formatted(it.getPort()))
                        .collect(Collectors.joining(" "));
        try {
            Files.createDirectories(folder);
            Files.writeString(
                    folder.resolve("nginx.conf"),
                    CONFIGURATION
                            .replace("LEDGERS", servers)
                            .replace("PORT", Integer.toString(port)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var program = PLACES.stream().filter(it -> Files.isExecutable(Path.of(it))).findFirst();
        return new ServerProcess.Plan(
                "nginx",
                List.of(program.orElseThrow(), "-p", folder.toString(), "-c", "nginx.conf"),
                Map.of(),
                folder.resolve("nginx.log"),
                "QUIT");
    }

    @Override
    protected boolean isReady(long pid) {
        try (var connection = address().toURL().openStream()) {
            return connection.read() >= 0;
        } catch (IOException notYet) {
            return Files.exists(folder.resolve("nginx.pid"));
        }
    }
}
