package parley.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import parley.stack.Database;
import parley.stack.FreePort;
import parley.stack.LocalPostgres;
import parley.stack.LocalServer;
import parley.stack.ServerProcess;

/// A PostgreSQL on a disk that is small and its own: memory, mounted where only this server sees
/// it, and gone with it. Its write-ahead log lies elsewhere, so that it is the books that find no
/// room.
final class SmallDisk extends LocalServer {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int PAGE_BYTES = 4096;
    private static final List<String> WHERE_ONE_MAY_MOUNT =
            List.of("unshare", "--user", "--map-root-user", "--mount");

    /// PostgreSQL refuses to run as root: the second namespace has none.
    private static final String MOUNT_AND_SERVE =
            """
            mount -t tmpfs -o size=256m tmpfs "$DISK"
            exec unshare --user sh -euc '
                "$PROGRAMS/initdb" --pgdata="$DISK/data" --waldir="$DISK.wal" \\
                    --username=parley --auth=trust --encoding=UTF8 --locale=C \\
                    --locale-provider=builtin --builtin-locale=C.UTF-8 --no-sync
                exec "$PROGRAMS/postgres" -D "$DISK/data" -c listen_addresses=127.0.0.1 \\
                    -c port="$PORT" -c unix_socket_directories= -c timezone=UTC -c fsync=off \\
                    -c checkpoint_timeout=1h -c log_error_verbosity=verbose'
            """;

    private final Path disk;
    private final Path programs;
    private final Path log;
    private final int port = FreePort.any();
    private final LocalPostgres addresses;

    SmallDisk(Path folder, Path programs) {
        super(PATIENCE);
        this.disk = folder.toAbsolutePath().resolve("disk");
        this.programs = programs;
        this.log = folder.toAbsolutePath().resolve("postgres.log");
        this.addresses =
                new LocalPostgres(
                        new LocalPostgres.Settings(
                                disk.resolve("data"), programs, log, port, "trusted", false));
    }

    /// Whether this machine lets one mount something without being asked who one is.
    static boolean isPossible() {
        try {
            var mount = new ArrayList<>(WHERE_ONE_MAY_MOUNT);
            mount.addAll(List.of("mount", "-t", "tmpfs", "tmpfs", "/mnt"));
            return new ProcessBuilder(mount).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Database database() {
        return addresses.database("disturbed");
    }

    /// Leaves no room for one more page.
    void fill() {
        try (var out = Files.newOutputStream(ballast())) {
            while (true) {
                out.write(new byte[PAGE_BYTES]);
            }
        } catch (IOException full) {
            if (!String.valueOf(full.getMessage()).contains("No space left")) {
                throw new UncheckedIOException(full);
            }
        }
    }

    void makeRoom() {
        StateDirectory.delete(ballast());
    }

    /// On the disk as the server sees it.
    private Path ballast() {
        return Path.of("/proc/%d/root%s/ballast".formatted(process().pid(), disk));
    }

    @Override
    protected ServerProcess.Plan prepare() {
        try (var unpacked = Files.list(programs)) {
            Files.createDirectories(disk);
            var home = unpacked.findAny().orElseThrow().toAbsolutePath();
            var command = new ArrayList<>(WHERE_ONE_MAY_MOUNT);
            command.addAll(List.of("sh", "-euc", MOUNT_AND_SERVE));
            return new ServerProcess.Plan(
                    "postgres on a small disk",
                    command,
                    Map.of(
                            "DISK", disk.toString(),
                            "PROGRAMS", home.resolve("bin").toString(),
                            "PORT", Integer.toString(port),
                            "LC_ALL", "C"),
                    log,
                    "INT");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected boolean isReady(long pid) {
        var address = addresses.address("postgres");
        try (var connection =
                DriverManager.getConnection(address.jdbcUrl(), "parley", address.password())) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }
}
