package parley.stack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The JDK's cache of what a server has loaded and linked, by which it starts in less than half of
/// the time: [JEP 514](https://openjdk.org/jeps/514). Who starts many servers names a folder for
/// them by the system property `parley.stack.caches`; without it there are none. A JVM ignores one
/// of other jars.
public final class ClassCache {
    private static final String PROPERTY = "parley.stack.caches";
    private static volatile boolean isWritten;

    private ClassCache() {}

    /// Where they are, or null where there shall be none.
    public static @Nullable Path folder() {
        var folder = System.getProperty(PROPERTY);
        return folder == null ? null : Path.of(folder);
    }

    /// That of one server in this folder, for this JDK.
    public static Path of(String server, Path folder) {
        return folder.resolve(server + "-" + Runtime.version() + ".aot");
    }

    /// Has each server that is started meanwhile write its own when it stops in order.
    public static void write(Runnable start) {
        isWritten = true;
        try {
            start.run();
        } finally {
            isWritten = false;
        }
    }

    /// What that server's JVM is to be told.
    public static List<String> options(String server) {
        var folder = folder();
        if (folder == null) {
            return List.of();
        }
        var cache = of(server, folder);
        if (isWritten) {
            return List.of("-XX:AOTCacheOutput=" + cache);
        }
        return Files.exists(cache) ? List.of("-XX:AOTCache=" + cache) : List.of();
    }
}
