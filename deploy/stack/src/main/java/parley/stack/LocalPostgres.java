package parley.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A PostgreSQL server from its artifact, on this machine only. Runs for root, too, which
/// PostgreSQL itself refuses: in a user namespace of its own, where nobody is root.
public final class LocalPostgres extends LocalServer implements Postgres {
    private static final String SUPERUSER = "parley";
    private static final Duration INITIALISE_PATIENCE = Duration.ofSeconds(60);
    private static final Duration START_PATIENCE = Duration.ofMinutes(2); // After a crash: replay.

    /// Where the server lives and how.
    ///
    /// @param data where the databases are kept
    /// @param programs where the server itself is unpacked, once for all who name the same folder
    /// @param log what the server prints is added to this file
    /// @param password of all who connect, set when the data directory is made
    /// @param isDurable whether what is committed survives a power cut; a test need not care
    /// @param bufferMebibytes of memory in which the server itself keeps pages
    public record Settings(
            Path data,
            Path programs,
            Path log,
            int port,
            String password,
            boolean isDurable,
            int bufferMebibytes) {
        /// With as much memory as a machine spares that has all of the servers.
        public Settings(
                Path data, Path programs, Path log, int port, String password, boolean isDurable) {
            this(data, programs, log, port, password, isDurable, isDurable ? 256 : 128);
        }

        /// The same with that much memory.
        ///
        /// @param mebibytes at least 1
        public Settings withBuffers(int mebibytes) {
            return new Settings(data, programs, log, port, password, isDurable, mebibytes);
        }
    }

    private final Settings settings;
    private final DataDirectory data;

    public LocalPostgres(Settings settings) {
        super(START_PATIENCE);
        this.settings = settings;
        this.data = new DataDirectory(settings.data().toAbsolutePath());
    }

    @Override
    protected ServerProcess.Plan prepare() {
        var programs = PostgresFiles.unpackedIn(settings.programs().toAbsolutePath());
        if (!data.isInitialised()) {
            initialise(programs);
        }
        data.free();
        return plan("postgres", serve(programs));
    }

    @Override
    protected boolean isReady(long pid) {
        return data.isServedBy(pid);
    }

    @Override
    public Database database(String name) {
        var superuser = new Database(url("postgres"), SUPERUSER, settings.password());
        superuser.make(name, settings.password());
        return address(name);
    }

    /// What `database` gives for that name, without making it.
    public Database address(String name) {
        return new Database(url(name), name, settings.password());
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(settings.port(), database);
    }

    /// In a folder beside it, moved into place when all is there: what was killed is done again.
    private void initialise(PostgresFiles programs) {
        var made = data.path().resolveSibling(data.path().getFileName() + ".new");
        var password = data.path().resolveSibling(data.path().getFileName() + ".password");
        try {
            Files.createDirectories(data.path().getParent());
            Folders.delete(made);
            Files.deleteIfExists(password);
            Files.createFile(
                    password,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            Files.writeString(password, settings.password());
            var initdb = ServerProcess.start(plan("initdb", make(programs, made, password)));
            var exitCode = initdb.awaitExit(INITIALISE_PATIENCE);
            if (exitCode != 0) {
                throw ServerFailedException.ended("initdb", exitCode, settings.log());
            }
            Files.move(made, data.path(), StandardCopyOption.ATOMIC_MOVE);
            Files.delete(password);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the database in " + data.path(), e);
        }
    }

    /// The order of texts is that of their code points on every machine, whatever its language.
    private List<String> make(PostgresFiles programs, Path made, Path password) {
        return List.of(
                programs.program("initdb"),
                "--pgdata=" + made,
                "--username=" + SUPERUSER,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                settings.isDurable() ? "--sync-method=fsync" : "--no-sync");
    }

    private List<String> serve(PostgresFiles programs) {
        var command =
                new ArrayList<>(
                        List.of(programs.program("postgres"), "-D", data.path().toString()));
        configuration().forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return command;
    }

    /// For two cores and a few GB; the cores and the memory are shared with the other servers.
    private Map<String, String> configuration() {
        // Off does not lose what a killed server has committed, only what a power cut catches.
        var toDisk = settings.isDurable() ? "on" : "off";
        var configuration = new LinkedHashMap<String, String>();
        configuration.put("listen_addresses", "127.0.0.1");
        configuration.put("port", Integer.toString(settings.port()));
        configuration.put("unix_socket_directories", "");
        configuration.put("max_connections", "100");
        configuration.put("fsync", toDisk);
        configuration.put("full_page_writes", toDisk);
        configuration.put("shared_buffers", settings.bufferMebibytes() + "MB");
        int twice = 2 * settings.bufferMebibytes();
        configuration.put("effective_cache_size", Math.max(1024, twice) + "MB");
        // After a checkpoint each page is logged whole once: seldom, where there are many.
        configuration.put("max_wal_size", Math.max(2048, twice) + "MB");
        configuration.put("checkpoint_timeout", "15min");
        configuration.put("random_page_cost", "1.1");
        configuration.put("jit", "off");
        configuration.put("timezone", "UTC");
        configuration.put("log_timezone", "UTC");
        configuration.put("log_line_prefix", "%m [%p] %d ");
        return configuration;
    }

    /// `INT` is PostgreSQL's fast stop: connected clients do not hold it up, as `TERM` lets them.
    private ServerProcess.Plan plan(String name, List<String> command) {
        var asRoot = isRoot() ? List.of("unshare", "--user") : List.<String>of();
        var whole = new ArrayList<>(asRoot);
        whole.addAll(command);
        var environment = Map.of("LC_ALL", "C", "TZ", "UTC");
        return new ServerProcess.Plan(
                name, whole, environment, settings.log().toAbsolutePath(), "INT");
    }

    private static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
