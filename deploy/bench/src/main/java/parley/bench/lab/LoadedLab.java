package parley.bench.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import parley.local.GeneratedLog;

/// A lab with a generated log, put on it through the front door: `POST /v1/events`.
///
/// @param log what is on the log by it
public record LoadedLab(Lab lab, Log log) {
    private static final int OK = 200;
    private static final long SEED = 42;

    /// Returns when all of it is on the log, and ingest-service is gone again.
    static LoadedLab load(Lab lab, int events, int totals)
            throws IOException, InterruptedException {
        Path file = lab.folder().resolve("events.ndjson");
        if (totals == 0) {
            GeneratedLog.write(file, SEED, events);
        } else {
            GeneratedLog.write(file, SEED, events, totals);
        }
        send(lab, file, events + totals + 1);
        lab.stopIngest();
        return new LoadedLab(lab, Log.whole(lab.bootstrapServers()));
    }

    /// Sends a file of events, and returns when all are acknowledged.
    public static void send(Lab lab, Path file, int expected)
            throws IOException, InterruptedException {
        var answer =
                lab.http()
                        .send(
                                HttpRequest.newBuilder(lab.ingest().resolve("/v1/events"))
                                        .header("Authorization", "Bearer " + lab.token("editor"))
                                        .header("Content-Type", "application/x-ndjson")
                                        .POST(BodyPublishers.ofFile(file))
                                        .build(),
                                BodyHandlers.ofString());
        JsonNode summary = new ObjectMapper().readTree(answer.body());
        if (answer.statusCode() != OK || summary.path("accepted").asInt() != expected) {
            throw new IOException(answer.statusCode() + " " + answer.body());
        }
    }
}
