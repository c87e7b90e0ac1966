package parley.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import parley.stack.ClassCache;

/// Runs the whole system once before the tests, which start some hundred servers: each of these
/// then starts by the cache of classes that its first run has left.
public final class Trained implements LauncherSessionListener {
    private static final List<Member> JVMS =
            List.of(Member.KAFKA, Member.INGEST_SERVICE, Member.LEDGER_SERVICE);

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        var folder = ClassCache.folder();
        if (folder != null && !JVMS.stream().allMatch(it -> isFresh(it, folder))) {
            ClassCache.write(() -> run(folder));
        }
    }

    private static boolean isFresh(Member member, Path folder) {
        var cache = ClassCache.of(member.label(), folder);
        var jar = UpScript.REPOSITORY.resolve(member.label()).resolve(QuarkusService.JAR);
        return cache.toFile().lastModified() > jar.toFile().lastModified();
    }

    private static void run(Path folder) {
        try {
            Files.createDirectories(folder);
            var state = Files.createTempDirectory(folder, "training");
            var plan = new LocalSystem.Plan(UpScript.REPOSITORY, state, Ports.free(), true);
            try (var system = new LocalSystem(plan)) {
                system.start();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
