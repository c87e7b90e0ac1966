package parley.bench.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Labs by the length of their log, one at a time: the servers of two would be in each other's way.
public final class Labs implements AutoCloseable {
    private final Path repository;
    private final Path folder;
    private final Consumer<String> console;
    private @Nullable LoadedLab current;
    private int events;
    private int totals;
    private int number;

    /// @param folder for all that the servers keep; emptied before and after
    public Labs(Path repository, Path folder, Consumer<String> console) {
        this.repository = repository;
        this.folder = folder;
        this.console = console;
        delete(folder);
    }

    /// One with a log of so many events: that of the last call where it is the same.
    public LoadedLab of(int eventsWanted) throws IOException, InterruptedException {
        return of(eventsWanted, 0);
    }

    /// One whose log has so many running totals, too.
    public synchronized LoadedLab of(int eventsWanted, int totalsWanted)
            throws IOException, InterruptedException {
        if (current != null && events == eventsWanted && totals == totalsWanted) {
            return current;
        }
        renew();
        console.accept("putting %,d events on a new log".formatted(eventsWanted + totalsWanted));
        var lab = new Lab(repository, folder.resolve("lab-" + ++number));
        try {
            current = LoadedLab.load(lab, eventsWanted, totalsWanted);
        } catch (IOException | RuntimeException failed) {
            lab.close();
            throw failed;
        }
        events = eventsWanted;
        totals = totalsWanted;
        return current;
    }

    /// Has the next call make a new one: the log is no longer what it was.
    public void renew() {
        close();
    }

    @Override
    public synchronized void close() {
        if (current != null) {
            current.lab().close();
            current = null;
            delete(folder.resolve("lab-" + number));
        }
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
