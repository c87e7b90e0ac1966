package parley.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The Helm chart, rendered by Helm itself.
final class Chart {
    static final Path REPOSITORY = Path.of(System.getProperty("parley.repository"));
    static final Path FOLDER = REPOSITORY.resolve("deploy/helm/parley");
    static final String NAMESPACE = "parley";

    private Chart() {}

    /// The files of values that stand for the ways in which it is installed.
    static List<Path> waysToInstall() {
        try (Stream<Path> files = Files.list(FOLDER.resolve("ci"))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// All of them, rendered.
    static List<Manifests> installations() {
        return waysToInstall().stream().map(values -> render(values, Map.of())).toList();
    }

    static Manifests render(Path values, Map<String, String> set) {
        return Manifests.read(values.getFileName().toString(), text(values, set));
    }

    /// What Helm prints. Throws an [IllegalStateException] with Helm's words where it refuses.
    static String text(Path values, Map<String, String> set) {
        var template =
                new Helm(FOLDER)
                        .template()
                        .withName("parley")
                        .withNamespace(NAMESPACE)
                        .withKubeVersion("1.34")
                        .withValuesFile(values);
        set.forEach(template::set);
        return template.call();
    }

    static LintResult lint() {
        return new Helm(FOLDER).lint().strict().call();
    }

    static JsonNode values(Path file) {
        return Manifests.parse(read(file));
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The documents of a rendered text, without the labels that Helm alone makes use of.
    static String withoutHelm(String rendered) {
        return Arrays.stream(rendered.split("(?m)^---\n"))
                .map(String::strip)
                .filter(document -> document.contains("apiVersion:"))
                .map(
                        document ->
                                document.lines()
                                        .filter(line -> !line.startsWith("# Source:"))
                                        .filter(line -> !line.contains("managed-by: Helm"))
                                        .filter(line -> !line.contains("helm.sh/chart:"))
                                        .collect(Collectors.joining("\n")))
                .map(document -> "---\n" + document + "\n")
                .collect(Collectors.joining());
    }
}
