package parley.bench.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import parley.stack.ServerProcess;

/// One of our peers as a process of its own, with the memory and the collector that a service has.
///
/// A peer that has something to tell writes it to a file, which is its first argument: whole, and
/// only when it is ready to be asked (a server) or done (all others).
public final class Peer implements AutoCloseable {
    private static final int HEAP_MEBIBYTES = 512;
    private static final Duration START_PATIENCE = Duration.ofMinutes(1);
    private static final Duration WORK_PATIENCE = Duration.ofHours(2);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

    private final ServerProcess process;
    private final Path told;

    private Peer(ServerProcess process, Path told) {
        this.process = process;
        this.told = told;
    }

    /// Starts a main class of this build, with the memory that a service has.
    public static Peer start(Lab lab, Class<?> main, String... arguments) {
        return start(lab, HEAP_MEBIBYTES, main, arguments);
    }

    /// The same with other memory.
    static Peer start(Lab lab, int heapMebibytes, Class<?> main, String... arguments) {
        String name = main.getSimpleName() + "-" + UUID.randomUUID();
        Path told = lab.folder().resolve("told").resolve(name);
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx%dm".formatted(heapMebibytes),
                                "-XX:+UseParallelGC",
                                "-XX:+ExitOnOutOfMemoryError",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-Djava.util.logging.config.file="
                                        + System.getProperty("java.util.logging.config.file", ""),
                                "-cp",
                                System.getProperty("java.class.path"),
                                main.getName(),
                                told.toString()));
        command.addAll(List.of(arguments));
        Path log = lab.folder().resolve("logs").resolve(main.getSimpleName() + ".log");
        try {
            Files.createDirectories(told.resolveSibling(""));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return new Peer(
                ServerProcess.start(
                        new ServerProcess.Plan(
                                main.getSimpleName(), command, Map.of(), log, "TERM")),
                told);
    }

    /// For a peer: what it has to tell, all of it at once.
    public static void tell(Path told, String what) throws IOException {
        Path written = Files.writeString(told.resolveSibling(told.getFileName() + ".new"), what);
        Files.move(written, told, StandardCopyOption.ATOMIC_MOVE);
    }

    /// What a server tells once it is ready.
    public String awaitReady() throws IOException {
        process.awaitReady(() -> Files.exists(told), START_PATIENCE);
        return Files.readString(told);
    }

    /// What a peer tells that ends when it is done.
    public String awaitDone() throws IOException, InterruptedException {
        try {
            int exitCode = process.onExit().get(WORK_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (exitCode != 0) {
                throw new IOException("A peer has failed; its log says why: " + told);
            }
            return Files.readString(told);
        } catch (ExecutionException | TimeoutException failure) {
            throw new IOException("A peer has not come to its end", failure);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// The most memory that the process has had so far, in MiB.
    public double peakMemory() throws IOException {
        return Memory.peakMebibytes(process.pid());
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            process.stop(STOP_PATIENCE);
        }
    }
}
