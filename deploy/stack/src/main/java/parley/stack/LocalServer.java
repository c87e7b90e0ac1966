package parley.stack;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A server that runs as a child process on this machine.
public abstract class LocalServer implements Server {
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

    private final Duration startPatience;
    private volatile @Nullable ServerProcess process;

    protected LocalServer(Duration startPatience) {
        this.startPatience = startPatience;
    }

    /// Prepares a start (files, leftovers of an earlier run) and says what to start.
    protected abstract ServerProcess.Plan prepare();

    /// Whether the server takes requests, now that it runs as that process.
    protected abstract boolean isReady(long pid);

    /// Starts the process and returns at once: who must know its pid from the first moment calls
    /// this and then `awaitReady`, others call `start`.
    public final void launch() {
        process = ServerProcess.start(prepare());
    }

    /// Returns when the server takes requests.
    ///
    /// @throws ServerFailedException when it ends or is not ready in time
    public final void awaitReady() {
        var launched = process();
        launched.awaitReady(() -> isReady(launched.pid()), startPatience);
    }

    @Override
    public final void start() {
        launch();
        awaitReady();
    }

    /// Whether it was ever launched.
    public final boolean hasProcess() {
        return process != null;
    }

    /// The process that runs now, or the last one that did.
    public final ServerProcess process() {
        var launched = process;
        if (launched == null) {
            throw new IllegalStateException("never started");
        }
        return launched;
    }

    @Override
    public final void stop() {
        if (hasProcess()) {
            process().stop(STOP_PATIENCE);
        }
    }

    @Override
    public final void kill() {
        process().kill();
    }

    @Override
    public final void close() {
        stop();
    }
}
