package parley.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// Folders that come and go with a test.
public final class Folders {
    private Folders() {}

    /// A new one, of which the name begins so.
    public static Path temporary(String name) {
        try {
            return Files.createTempDirectory("parley-" + name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// With all that is in it; does nothing where it is gone.
    public static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + folder, e);
        }
    }
}
