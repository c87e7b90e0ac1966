package parley.local;

import java.io.IOException;

/// What Java itself cannot send to a process.
final class Signal {
    private Signal() {}

    /// @param name without `SIG`
    static void send(String name, long pid) {
        try {
            var kill = new ProcessBuilder("kill", "-s", name, Long.toString(pid)).start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("cannot send %s to %d".formatted(name, pid));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
