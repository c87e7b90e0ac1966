package parley.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/// Sends the files of `deploy/data` as a newsroom would, through the front door of ingest-service,
/// and waits until ledger-service has read them.
final class DataLoader {
    private static final Duration SEND_PATIENCE = Duration.ofMinutes(10);
    private static final Duration READ_PATIENCE = Duration.ofMinutes(5);
    private static final String EVENTS = "application/x-ndjson";

    private final StateDirectory state;
    private final HttpClient http;
    private final URI ingest;
    private final URI ledger;
    private final Console console;
    private final ObjectMapper json = new ObjectMapper();

    DataLoader(StateDirectory state, HttpClient http, URI ingest, URI ledger, Console console) {
        this.state = state;
        this.http = http;
        this.ingest = ingest;
        this.ledger = ledger;
        this.console = console;
    }

    void load(Path folder) {
        for (var file : files(folder)) {
            var position = load(file, digest(file));
            awaitRead(position);
        }
    }

    /// The events carry their ids, so that sending them again would do no harm; but it would make
    /// the log longer at each start, and it is kept for ever.
    private String load(Path file, String digest) {
        var name = file.getFileName().toString();
        var marker = state.loaded(name);
        if (Files.exists(marker)) {
            var loaded = StateDirectory.read(marker).split(" ", 2);
            if (loaded.length == 2 && loaded[0].equals(digest)) {
                console.say(name + " is on the log already");
                return loaded[1];
            }
        }
        console.say("loading %s: %d events".formatted(name, lines(file)));
        var answer = send(file);
        var rejected = answer.path("rejected").asInt();
        console.say(
                "loaded %s: %d accepted, %d rejected"
                        .formatted(name, answer.path("accepted").asInt(), rejected));
        var position = answer.path("position").asText();
        if (rejected == 0) {
            StateDirectory.write(marker, digest + " " + position);
        } else {
            console.say("WARNING: not all of " + name + " was accepted:");
            answer.path("problems").forEach(problem -> console.say("  " + problem));
        }
        return position;
    }

    private JsonNode send(Path file) {
        try {
            var request =
                    HttpRequest.newBuilder(ingest.resolve("/v1/events"))
                            .header("Content-Type", EVENTS)
                            .header(
                                    "Authorization",
                                    "Bearer " + StateDirectory.read(state.token("editor")))
                            .timeout(SEND_PATIENCE)
                            .POST(HttpRequest.BodyPublishers.ofFile(file))
                            .build();
            var answer =
                    Attempts.until(
                            SEND_PATIENCE,
                            () -> http.send(request, HttpResponse.BodyHandlers.ofString()));
            if (answer.statusCode() != 200) {
                throw new UpException(
                        "ingest-service does not take %s: status %d, %s"
                                .formatted(file, answer.statusCode(), answer.body()));
            }
            return json.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new UpException("ingest-service gave an answer that is not JSON", e);
        } catch (IOException e) {
            throw new UpException("Cannot send " + file, e);
        }
    }

    private void awaitRead(String position) {
        console.say("waiting until ledger-service has read as far");
        var request =
                HttpRequest.newBuilder(ledger.resolve("/v1/conflicts"))
                        .header("Ledger-Position", position)
                        .build();
        try {
            var answer =
                    Attempts.until(
                            READ_PATIENCE,
                            () -> http.send(request, HttpResponse.BodyHandlers.ofString()));
            if (answer.statusCode() != 200) {
                throw new UpException(
                        "ledger-service has not read the data: status %d, %s"
                                .formatted(answer.statusCode(), answer.body()));
            }
        } catch (IOException e) {
            throw new UpException("Cannot ask ledger-service", e);
        }
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".ndjson")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long lines(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> !line.isBlank()).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(Path file) {
        try (var in = Files.newInputStream(file)) {
            var digest = MessageDigest.getInstance("SHA-256");
            var buffer = new byte[65_536];
            for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
