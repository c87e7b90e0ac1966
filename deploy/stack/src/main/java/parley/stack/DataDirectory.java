package parley.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// PostgreSQL's data directory, and who works in it. All processes of a server have it as their
/// working directory, so those that a killed server left behind are found there, whatever
/// `postmaster.pid` says: a pid that it names may be another program's by now.
record DataDirectory(Path path) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int STATE_LINE = 7;

    boolean isInitialised() {
        return Files.exists(path.resolve("PG_VERSION"));
    }

    /// Whether the server of that process takes requests.
    boolean isServedBy(long pid) {
        var file = path.resolve("postmaster.pid");
        try {
            var lines = Files.exists(file) ? Files.readAllLines(file) : List.<String>of();
            return lines.size() > STATE_LINE
                    && lines.getFirst().strip().equals(Long.toString(pid))
                    && lines.get(STATE_LINE).strip().equals("ready");
        } catch (IOException e) {
            return false; // It is being written, or was just removed.
        }
    }

    /// Returns when nobody works in the directory, so that a server may start: what is left of an
    /// earlier one is stopped. Its backends end by themselves once they find it gone.
    void free() {
        stop(workers(), "INT");
        stop(workers(), "KILL");
        try {
            Files.deleteIfExists(path.resolve("postmaster.pid"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void stop(List<ProcessHandle> workers, String signal) {
        workers.forEach(worker -> ServerProcess.signal(worker, signal));
        var gone =
                CompletableFuture.allOf(
                        workers.stream()
                                .map(ProcessHandle::onExit)
                                .toArray(CompletableFuture<?>[]::new));
        try {
            gone.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return; // Whoever is still there is killed next, or makes the start fail.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<ProcessHandle> workers() {
        return ProcessHandle.allProcesses().filter(this::worksHere).toList();
    }

    private boolean worksHere(ProcessHandle process) {
        try {
            var folder = Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/cwd"));
            return folder.equals(path.toRealPath());
        } catch (IOException e) {
            return false; // It has ended, or is another user's, who cannot work here.
        }
    }
}
