package parley.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/// A server as a process of its own, in a session of its own, so that Ctrl-C at a terminal reaches
/// only whoever started it and the order of stopping stays theirs. When the JVM that started it is
/// gone, `kill -9` included, the process is told to stop: nothing is left running unattended. Its
/// working directory is that of its log, where one finds what a crash leaves behind.
public final class ServerProcess {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration KILL_PATIENCE = Duration.ofSeconds(10);

    /// What to start.
    ///
    /// @param environment added to that of this JVM
    /// @param log what the process prints is added to this file
    /// @param stopSignal what makes it stop in order: `TERM` for most
    public record Plan(
            String name,
            List<String> command,
            Map<String, String> environment,
            Path log,
            String stopSignal) {
        public Plan {
            command = List.copyOf(command);
            environment = Map.copyOf(environment);
        }
    }

    private final Plan plan;
    private final Process process;

    private ServerProcess(Plan plan, Process process) {
        this.plan = plan;
        this.process = process;
    }

    public static ServerProcess start(Plan plan) {
        try {
            var folder = plan.log().toAbsolutePath().resolveSibling("");
            Files.createDirectories(folder);
            var command = new ArrayList<>(List.of("setsid"));
            command.addAll(plan.command());
            var builder =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectInput(
                                    ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(plan.log().toFile()));
            builder.environment().putAll(plan.environment());
            var process = builder.start();
            var leash = leash(process.pid(), plan.stopSignal());
            var _ = process.onExit().thenRun(leash::destroyForcibly);
            return new ServerProcess(plan, process);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + plan.name(), e);
        }
    }

    /// A shell that waits for the end of its input, which comes when this JVM ends in any way. It
    /// ends with the process, so that it never signals another that has got the same number.
    private static Process leash(long pid, String signal) throws IOException {
        return new ProcessBuilder(
                        "setsid",
                        "sh",
                        "-c",
                        "read -r _; kill -s \"$1\" \"$2\"",
                        "leash",
                        signal,
                        Long.toString(pid))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// Completes with the exit code when the process ends, whoever ended it.
    public CompletableFuture<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /// Returns once `isReady` is true.
    ///
    /// @throws ServerFailedException when the process ends before, or `patience` does
    public void awaitReady(BooleanSupplier isReady, Duration patience) {
        var deadline = Instant.now().plus(patience);
        while (!isReady.getAsBoolean()) {
            if (Instant.now().isAfter(deadline)) {
                throw ServerFailedException.late(plan.name(), patience, plan.log());
            }
            if (exits(POLL)) {
                throw ServerFailedException.ended(plan.name(), process.exitValue(), plan.log());
            }
        }
    }

    /// Returns the exit code once the process has ended.
    ///
    /// @throws ServerFailedException when it has not by then; it is killed
    int awaitExit(Duration patience) {
        if (!exits(patience)) {
            kill();
            throw ServerFailedException.late(plan.name(), patience, plan.log());
        }
        return process.exitValue();
    }

    /// Asks the process to stop; kills it where `patience` runs out.
    ///
    /// @return whether it stopped by itself
    public boolean stop(Duration patience) {
        signal(process.toHandle(), plan.stopSignal());
        var isStopped = exits(patience);
        if (!isStopped) {
            kill();
        }
        return isStopped;
    }

    /// As `kill -9`; returns when the process is gone.
    public void kill() {
        process.destroyForcibly();
        if (!exits(KILL_PATIENCE)) {
            throw new IllegalStateException(plan.name() + " survives being killed: " + pid());
        }
    }

    /// Stops a process that an earlier JVM has left behind; kills it where `patience` runs out.
    public static void stopLeftover(ProcessHandle process, String signal, Duration patience) {
        signal(process, signal);
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Java can send no other signals than `TERM` and `KILL` by itself.
    static void signal(ProcessHandle process, String signal) {
        if (signal.equals("TERM")) {
            process.destroy();
            return;
        }
        try {
            new ProcessBuilder(
                            "sh", "-c", "kill -s " + signal + " " + process.pid() + " 2>/dev/null")
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot signal " + process.pid(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean exits(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + plan.name(), e);
        }
    }
}
