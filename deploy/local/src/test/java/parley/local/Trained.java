package parley.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import parley.stack.ClassCache;
import parley.stack.Folders;

/// Runs the whole system once before the tests, which start some hundred servers: each of these
/// then starts by the cache of classes that its first run has left. Without one it only starts
/// slower.
public final class Trained implements LauncherSessionListener {
    private static final List<Member> JVMS =
            List.of(Member.KAFKA, Member.INGEST_SERVICE, Member.LEDGER_SERVICE);

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        var folder = ClassCache.folder();
        if (folder == null || caches(folder).allMatch(Trained::isFresh)) {
            return;
        }
        ClassCache.write(() -> run(folder));
        caches(folder)
                .filter(it -> !isFresh(it))
                .forEach(
                        it ->
                                System.out.println(
                                        "There is no " + it + ": its server starts slower"));
    }

    private static Stream<Path> caches(Path folder) {
        return JVMS.stream().map(it -> ClassCache.of(it.label(), folder));
    }

    /// Whether it is younger than all that is packaged.
    private static boolean isFresh(Path cache) {
        var broker = Path.of(System.getProperty("parley.stack.broker"));
        return Stream.of(
                        broker.resolve("broker-classes.jar"),
                        broker.resolve("classpath"),
                        UpScript.REPOSITORY.resolve("ingest-service").resolve(QuarkusService.JAR),
                        UpScript.REPOSITORY.resolve("ledger-service").resolve(QuarkusService.JAR))
                .allMatch(it -> cache.toFile().lastModified() > it.toFile().lastModified());
    }

    private static void run(Path folder) {
        var state = Folders.temporary("training");
        try {
            Files.createDirectories(folder);
            var plan = new LocalSystem.Plan(UpScript.REPOSITORY, state, Ports.free(), true);
            try (var system = new LocalSystem(plan)) {
                system.start();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Folders.delete(state);
        }
    }
}
