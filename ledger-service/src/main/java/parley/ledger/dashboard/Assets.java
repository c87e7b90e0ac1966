package parley.ledger.dashboard;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.util.ClassPathUtils;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import parley.ledger.views.Encoding;

/// The scripts, styles and words of the page, as they lie in `resources/dashboard`.
@Singleton
class Assets {
    private static final String FOLDER = "dashboard";
    private static final String WORDS_PREFIX = "lang/";
    private static final String WORDS_SUFFIX = ".json";
    private static final String ENGLISH = "en";
    private static final int VERSION_BYTES = 8;

    private final NavigableMap<String, byte[]> files = new TreeMap<>();
    private final NavigableMap<String, Words> languages = new TreeMap<>();
    private final Map<Packing, byte[]> packed = new ConcurrentHashMap<>();
    private final String version;

    private record Packing(String file, Encoding encoding) {}

    Assets(ObjectMapper mapper) throws IOException {
        ClassPathUtils.consumeAsPaths(FOLDER, this::read);
        for (var file : files.entrySet()) {
            String name = file.getKey();
            if (name.startsWith(WORDS_PREFIX) && name.endsWith(WORDS_SUFFIX)) {
                String language =
                        name.substring(
                                WORDS_PREFIX.length(), name.length() - WORDS_SUFFIX.length());
                Map<String, String> texts =
                        mapper.readValue(file.getValue(), new TypeReference<>() {});
                languages.put(language, new Words(Locale.forLanguageTag(language), texts));
            }
        }
        version = version(files);
    }

    private void read(Path folder) {
        try (var below = Files.walk(folder)) {
            for (Path file : below.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                files.put(name, Files.readAllBytes(file));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Other files have another one: under it they may be kept for good.
    private static String version(NavigableMap<String, byte[]> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.forEach(
                    (name, bytes) -> {
                        digest.update(name.getBytes(StandardCharsets.UTF_8));
                        digest.update(bytes);
                    });
            return HexFormat.of().formatHex(digest.digest(), 0, VERSION_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }

    String version() {
        return version;
    }

    Optional<byte[]> file(String name) {
        return Optional.ofNullable(files.get(name));
    }

    /// A file that is there, packed once for all who like it so.
    byte[] packed(String name, Encoding encoding) {
        return packed.computeIfAbsent(
                new Packing(name, encoding),
                _ -> encoding.packed(Objects.requireNonNull(files.get(name))));
    }

    /// By their code, e.g. `uk`: one for each file of words.
    NavigableMap<String, Words> languages() {
        return languages;
    }

    /// The words of that language, or else English ones.
    Words words(@Nullable String language) {
        Words wanted = language == null ? null : languages.get(language);
        return wanted == null ? Objects.requireNonNull(languages.get(ENGLISH)) : wanted;
    }
}
