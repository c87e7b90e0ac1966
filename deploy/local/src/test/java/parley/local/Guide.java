package parley.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a document shows, done as it says.
final class Guide {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");
    private static final long MINUTES_MAX = 3;

    private Guide() {}

    /// A block of a document, without its fences.
    record Block(String language, String text) {}

    /// The blocks of a document, from top to bottom.
    static List<Block> blocks(Path document) throws IOException {
        return BLOCK.matcher(Files.readString(document))
                .results()
                .map(it -> new Block(it.group(1), it.group(2)))
                .toList();
    }

    /// Whether all of these programs are on this machine, or `-Dparley.interpreters=required`: then
    /// a test fails where one is missing, rather than being skipped.
    static boolean canRun(String... programs) {
        if (System.getProperty("parley.interpreters", "").equals("required")) {
            return true;
        }
        var folders = System.getenv("PATH").split(File.pathSeparator, -1);
        return Stream.of(programs)
                .allMatch(
                        program ->
                                Stream.of(folders)
                                        .anyMatch(it -> Files.isExecutable(Path.of(it, program))));
    }

    /// Runs a script to its end, in that folder, and returns all that it has printed.
    static String run(String script, Path folder) throws IOException, InterruptedException {
        var output = folder.resolve("output");
        var command =
                new ProcessBuilder("bash", "-c", script)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        command.environment()
                .merge(
                        "PATH",
                        Path.of(System.getProperty("java.home"), "bin").toString(),
                        (path, java) -> java + File.pathSeparator + path);
        var process = command.start();
        if (!process.waitFor(MINUTES_MAX, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        var printed = Files.readString(output);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }
}
