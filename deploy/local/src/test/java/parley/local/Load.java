package parley.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Those who publish and those who read, over replicas, each when it is due, whoever is still
/// waiting. Whoever reads holds what he is told against what others were told at that position.
final class Load implements AutoCloseable {
    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final String TOTALS = "/v1/conflicts/trial/totals";
    private static final String CONFLICT =
            """
            {"name":"A trial","parties":[
             {"party":"NORTH","name":"Northland","role":"side"},
             {"party":"SOUTH","name":"Southland","role":"side"}]}
            """;
    private static final String EXCHANGE =
            """
            {"exchangeId":"ID","conflict":"trial","occurredOn":"2026-02-20",
             "transfers":[{"from":"NORTH","to":"SOUTH","category":"remains","count":1,
                           "statedBy":["SOUTH"]}],
             "sources":[{"title":"A","publisher":"B","url":"https://example.org"}]}
            """;

    private final Balanced ingest;
    private final Balanced ledger;
    private final ObjectMapper json = new ObjectMapper();
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final String name;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger published = new AtomicInteger();
    private final AtomicInteger reads = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Instant start = Instant.now();
    private final Map<String, Told> told = new ConcurrentHashMap<>();

    /// What was answered at one position, and by whom.
    private record Told(String tag, String body, Set<URI> by) {}

    /// @param name what the ids of its exchanges begin with
    Load(String name, Balanced ingest, Balanced ledger) {
        this.name = name;
        this.ingest = ingest;
        this.ledger = ledger;
    }

    /// Returns when the conflict can be read that all of it will be about.
    void define(String token) {
        Faults.await()
                .until(
                        () ->
                                ingest.send(
                                                        at ->
                                                                json(
                                                                                at,
                                                                                "/v1/conflicts/trial",
                                                                                token)
                                                                        .PUT(
                                                                                BodyPublishers
                                                                                        .ofString(
                                                                                                CONFLICT))
                                                                        .build())
                                                .statusCode()
                                        == ACCEPTED);
        Faults.await().until(() -> read().statusCode() == OK);
    }

    void start(String token, int publishesPerSecond, int readsPerSecond) {
        every(publishesPerSecond, () -> publish(token));
        every(readsPerSecond, this::look);
    }

    /// How many were acknowledged.
    int published() {
        return published.get();
    }

    /// How many answers were read.
    int reads() {
        return reads.get();
    }

    /// What was answered with anything else, and who was told other than others.
    List<String> failures() {
        return List.copyOf(failures);
    }

    /// At how many positions more than one replica has answered.
    long positionsToldByMany() {
        return told.values().stream().filter(it -> it.by.size() > 1).count();
    }

    /// How many the ledger says that the south received: one for each event of any such load.
    int received() throws IOException {
        JsonNode parties = json.readTree(read().body()).path("parties");
        return parties.valueStream()
                .filter(party -> party.path("party").asText().equals("SOUTH"))
                .mapToInt(party -> party.at("/totals/0/received/best").asInt())
                .sum();
    }

    private void every(int perSecond, Runnable call) {
        var _ =
                clock.scheduleAtFixedRate(
                        () -> callers.execute(call),
                        0,
                        TimeUnit.SECONDS.toNanos(1) / perSecond,
                        TimeUnit.NANOSECONDS);
    }

    private HttpResponse<String> read() throws IOException {
        return ledger.send(at -> HttpRequest.newBuilder(at.resolve(TOTALS)).build());
    }

    private static HttpRequest.Builder json(URI at, String path, String token) {
        return HttpRequest.newBuilder(at.resolve(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json");
    }

    private void publish(String token) {
        String id = name + "-" + begun.incrementAndGet();
        try {
            var answer =
                    ingest.send(
                            at ->
                                    json(at, "/v1/exchanges", token)
                                            .header("Idempotency-Key", id)
                                            .POST(
                                                    BodyPublishers.ofString(
                                                            EXCHANGE.replace("ID", id)))
                                            .build());
            if (answer.statusCode() == ACCEPTED) {
                published.incrementAndGet();
            } else {
                fail("publishing: " + answer.statusCode() + " " + answer.body());
            }
        } catch (IOException failed) {
            fail("publishing: " + failed);
        }
    }

    private void look() {
        try {
            var answer = read();
            reads.incrementAndGet();
            if (answer.statusCode() == OK) {
                compare(answer);
            } else {
                fail("reading: " + answer.statusCode() + " " + answer.body());
            }
        } catch (IOException failed) {
            fail("reading: " + failed);
        }
    }

    private void compare(HttpResponse<String> answer) throws IOException {
        var position = json.readTree(answer.body()).path("position").asText();
        var tag = answer.headers().firstValue("ETag").orElseThrow();
        var first =
                told.computeIfAbsent(
                        position, _ -> new Told(tag, answer.body(), ConcurrentHashMap.newKeySet()));
        first.by.add(answer.uri().resolve("/"));
        if (!first.tag.equals(tag) || !first.body.equals(answer.body())) {
            fail(
                    "at %s %s %s, and by %s %s %s"
                            .formatted(
                                    position,
                                    first.tag,
                                    first.body,
                                    answer.uri(),
                                    tag,
                                    answer.body()));
        }
    }

    private void fail(String what) {
        long seconds = Duration.between(start, Instant.now()).toSeconds();
        failures.add("%d s after the start, %s".formatted(seconds, what));
    }

    /// Begins nothing more; returns once all who began are answered.
    void stop() {
        clock.shutdownNow();
        callers.close();
    }

    @Override
    public void close() {
        stop();
    }
}
