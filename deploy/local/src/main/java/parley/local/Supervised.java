package parley.local;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import parley.stack.LocalServer;

/// A process that is started again when it dies, until it is stopped, and whose pid file is right
/// from its first moment to its last.
final class Supervised {
    /// A process that has been ready for so long is not one that dies of being started.
    private static final Duration SETTLED_AFTER = Duration.ofSeconds(30);

    private static final int DEATHS_FORGIVEN = 2;
    private static final Duration PAUSE_MIN = Duration.ofSeconds(1);
    private static final int DOUBLINGS_MAX = 5;

    private final String name;
    private final LocalServer server;
    private final Path pidFile;
    private final Console console;
    private final CountDownLatch stopping = new CountDownLatch(1);

    Supervised(String name, LocalServer server, Path pidFile, Console console) {
        this.name = name;
        this.server = server;
        this.pidFile = pidFile;
        this.console = console;
    }

    String name() {
        return name;
    }

    ProcessHandle process() {
        return ProcessHandle.of(server.process().pid())
                .orElseThrow(() -> new IllegalStateException(name + " does not run"));
    }

    /// Returns when the process is ready. Whatever becomes of it later is seen to in the
    /// background.
    void start() {
        launch();
        server.awaitReady();
        console.say(name + " is ready");
        Thread.ofVirtual().name("supervise-" + name).start(this::watch);
    }

    /// Returns when the process is gone; it is not started again.
    void stop() {
        synchronized (this) {
            stopping.countDown();
        }
        if (!server.hasProcess()) {
            return;
        }
        if (server.process().isAlive()) {
            console.say("stopping " + name);
            server.stop();
        }
        StateDirectory.delete(pidFile);
    }

    private synchronized void launch() {
        if (isStopping()) {
            throw new UpException(name + " is not started, since all is being stopped");
        }
        server.launch();
        writePid();
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private void watch() {
        var deathsInARow = 0;
        while (true) {
            var ready = Instant.now();
            var exitCode = server.process().onExit().join();
            if (isStopping()) {
                return;
            }
            var isSettled = ready.plus(SETTLED_AFTER).isBefore(Instant.now());
            deathsInARow = isSettled ? 1 : deathsInARow + 1;
            var pause = pause(deathsInARow);
            console.say(
                    "%s has ended with exit code %d and is started again%s"
                            .formatted(
                                    name,
                                    exitCode,
                                    pause.isZero()
                                            ? ""
                                            : ", in %d s".formatted(pause.toSeconds())));
            if (isStoppedWithin(pause)) {
                return;
            }
            restart();
        }
    }

    /// Nothing that goes wrong here may end the watch: it is said, and tried again.
    private void restart() {
        try {
            launch();
            server.awaitReady();
            console.say("%s is ready again, as process %d".formatted(name, server.process().pid()));
        } catch (RuntimeException e) {
            if (!isStopping()) {
                console.say(name + " was not started: " + e.getMessage());
            }
        }
    }

    /// None at first, then a second, and twice as long each time.
    private static Duration pause(int deathsInARow) {
        if (deathsInARow <= DEATHS_FORGIVEN) {
            return Duration.ZERO;
        }
        var doublings = Math.min(deathsInARow - DEATHS_FORGIVEN - 1, DOUBLINGS_MAX);
        return PAUSE_MIN.multipliedBy(1L << doublings);
    }

    private boolean isStoppedWithin(Duration pause) {
        try {
            return stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void writePid() {
        StateDirectory.write(pidFile, server.process().pid() + "\n");
    }
}
