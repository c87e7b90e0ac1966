package parley.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/// Which environment variables a packaged service reads: by its own code, by what the jars of
/// Quarkus beside it say they read at run time, and by its Kafka client.
final class KnownSettings {
    private static final String QUARKUS_SETTINGS =
            "META-INF/quarkus-config-doc/quarkus-config-model.json";
    private static final Pattern KEY_OF_A_MAP = Pattern.compile("__[A-Z_]+__");

    private final Set<String> names = new HashSet<>();
    private final Set<Pattern> patterns = new HashSet<>();

    /// @param service the folder of its module
    KnownSettings(Path service) {
        try {
            addQuarkus(service.resolve("target/quarkus-app/lib/main"));
            addOwn(service);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Stream.of(ProducerConfig.configNames(), ConsumerConfig.configNames())
                .flatMap(Set::stream)
                .forEach(name -> names.add("KAFKA_" + variable(name)));
    }

    boolean know(String variable) {
        return names.contains(variable)
                || patterns.stream().anyMatch(it -> it.matcher(variable).matches());
    }

    private void addQuarkus(Path folder) throws IOException {
        List<Path> jars;
        try (Stream<Path> files = Files.list(folder)) {
            jars = files.filter(it -> it.toString().endsWith(".jar")).toList();
        }
        for (Path path : jars) {
            try (var jar = new JarFile(path.toFile())) {
                var entry = jar.getJarEntry(QUARKUS_SETTINGS);
                if (entry != null) {
                    try (InputStream model = jar.getInputStream(entry)) {
                        addQuarkus(new ObjectMapper().readTree(model));
                    }
                }
            }
        }
    }

    /// What is fixed when the service is built is not read afterwards.
    private void addQuarkus(JsonNode model) {
        for (JsonNode path : model.findValues("path")) {
            add(path.path("environmentVariable").asText());
        }
        for (JsonNode property : model.findParents("path")) {
            if (property.path("phase").asText().equals("RUN_TIME")) {
                property.path("additionalPaths").forEach(it -> add(text(it)));
            } else if (property.has("phase")) {
                names.remove(text(property.path("path")));
            }
        }
    }

    private static String text(JsonNode path) {
        return path.path("environmentVariable").asText();
    }

    private void add(String variable) {
        if (KEY_OF_A_MAP.matcher(variable).find()) {
            patterns.add(
                    Pattern.compile(KEY_OF_A_MAP.matcher(variable).replaceAll("_[A-Z0-9_]+_")));
        } else {
            names.add(variable);
        }
    }

    private void addOwn(Path service) throws IOException {
        var application = new Properties();
        try (var file =
                Files.newInputStream(
                        service.resolve("src/main/resources/application.properties"))) {
            application.load(file);
        }
        // Keys of maps, as in quarkus.http.auth.permission.read.policy, are known by standing
        // there.
        application.stringPropertyNames().stream()
                .filter(it -> it.startsWith("quarkus."))
                .map(KnownSettings::variable)
                .filter(this::know)
                .forEach(names::add);
        JavaClasses classes =
                new ClassFileImporter()
                        .importLocations(
                                Set.of(Location.of(service.resolve("target/classes").toUri())));
        for (JavaClass type : classes) {
            addMapping(type);
            addInjected(type);
        }
    }

    private void addMapping(JavaClass type) {
        type.tryGetAnnotationOfType("io.smallrye.config.ConfigMapping")
                .flatMap(it -> it.get("prefix"))
                .ifPresent(
                        prefix ->
                                type.getMethods()
                                        .forEach(
                                                method ->
                                                        names.add(
                                                                variable(
                                                                        prefix
                                                                                + "."
                                                                                + kebab(
                                                                                        method
                                                                                                .getName())))));
    }

    private void addInjected(JavaClass type) {
        Stream.concat(
                        type.getFields().stream().flatMap(it -> it.getAnnotations().stream()),
                        type.getCodeUnits().stream()
                                .flatMap(it -> it.getParameterAnnotations().stream())
                                .flatMap(Set::stream))
                .filter(
                        it ->
                                it.getRawType()
                                        .getName()
                                        .equals(
                                                "org.eclipse.microprofile.config.inject.ConfigProperty"))
                .flatMap(it -> it.get("name").stream())
                .forEach(name -> names.add(variable(name.toString())));
    }

    /// As MicroProfile Config makes a variable of a property's name.
    private static String variable(String property) {
        return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    private static String kebab(String method) {
        return method.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
