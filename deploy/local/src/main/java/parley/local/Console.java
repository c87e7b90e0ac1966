package parley.local;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/// What whoever started Parley sees: one line for each thing that happens, with the seconds since
/// the start.
final class Console {
    private final PrintStream out;
    private final long startedNanos = System.nanoTime();

    Console(PrintStream out) {
        this.out = out;
    }

    void say(String line) {
        var elapsed = Duration.ofNanos(System.nanoTime() - startedNanos);
        out.println(String.format(Locale.ROOT, "%6.1f s  %s", elapsed.toMillis() / 1e3, line));
        out.flush();
    }

    void sayPlainly(String line) {
        out.println(line);
        out.flush();
    }
}
