package parley.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The broker's jars, as the build has laid them out in `deploy/stack/target/broker`.
final class BrokerFiles {
    private static final String PROPERTY = "parley.stack.broker";
    private static final Path IN_REPOSITORY = Path.of("deploy", "stack", "target", "broker");

    private BrokerFiles() {}

    /// The folder named by the system property `parley.stack.broker`, or else that of the
    /// repository in which this JVM was started.
    static Path folder() {
        var named = System.getProperty(PROPERTY);
        var candidates =
                named != null
                        ? Stream.of(Path.of(named))
                        : Stream.iterate(
                                        Path.of("").toAbsolutePath(),
                                        p -> p != null,
                                        Path::getParent)
                                .map(folder -> folder.resolve(IN_REPOSITORY));
        return candidates
                .filter(folder -> Files.exists(folder.resolve("classpath")))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "no broker in %s: build the module parley-stack first"
                                                .formatted(named != null ? named : IN_REPOSITORY)));
    }

    static String classPath() {
        var folder = folder();
        try {
            var jars = Files.readString(folder.resolve("classpath")).strip().split(":", -1);
            return Stream.concat(Stream.of("broker-classes.jar"), Stream.of(jars))
                    .map(entry -> folder.resolve(entry).toString())
                    .collect(Collectors.joining(":"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
