package parley.ingest.door;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.logging.Log;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.sessions.JqwikSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import parley.contract.EventType;
import parley.ingest.door.Newsroom.Answer;

/// Throws at the door what the schemas allow and what they do not: none of it may break anything.
/// By two clients for 15 seconds; `-Dparley.clients=4 -Dparley.seconds=300` for more and longer,
/// `-Dparley.seed=N` for the same requests again.
@QuarkusTest
@QuarkusTestResource(LogAndKeys.class)
class FuzzIT {
    private static final int CLIENTS = Integer.getInteger("parley.clients", 2);
    private static final Duration TIME =
            Duration.ofSeconds(Integer.getInteger("parley.seconds", 15));
    private static final long SEED = Long.getLong("parley.seed", new Random().nextLong());
    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);

    /// What the heap may hold more after each later quarter of the time than after the first:
    /// conflicts that were defined anew, larger than before, and no more.
    private static final long GROWTH_BYTES_MAX = 24 << 20;

    private static final Set<Integer> EXPECTED =
            Set.of(200, 202, 400, 403, 404, 405, 413, 415, 422);
    private static final String[] PARAMETERS = {"?dryRun=true", "?dryRun=1", "?%00=%ff"};
    private static final String[] TYPES = {
        "application/json",
        "application/cloudevents+json",
        "application/cloudevents-batch+json",
        "application/x-ndjson"
    };

    /// What is no type, or none that is read.
    private static final String[] OTHER_TYPES = {
        "json", ";", "/", "*/*", "application/*", "application/json;", "a/b/c", "text/html; q=\""
    };
    private static final String[][] HEADERS = {
        {"Content-Encoding", "gzip"}, {"ce-id", ""}, {"ce-data", "{}"}, {"ce-", "x"}
    };

    private final Newsroom editor = Newsroom.editor();
    private final Map<EventType, Statements.Maker> statements = new EnumMap<>(EventType.class);
    private final Map<Integer, Integer> answers = new ConcurrentSkipListMap<>();
    private final AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();
    private long sent;

    /// @param body each byte as a character
    private record Request(
            String method, String path, String type, List<String> headers, String body) {}

    @Test
    void whateverIsSentIsAnsweredSoonAndNeverWithAFaultOfOurs() {
        Ready.await();
        assertThat(editor.put("/v1/conflicts/ru-ua", Bodies.CONFLICT).status()).isEqualTo(202);

        JqwikSession.run(
                () -> {
                    var generated = new Statements();
                    for (EventType type : EventType.values()) {
                        statements.put(type, generated.of(type));
                    }
                    sendForAQuarter();
                    long warm = heapBytes();
                    for (int quarter = 2; quarter <= 4; quarter++) {
                        sendForAQuarter();
                        long grown = heapBytes() - warm;
                        Log.infof("The heap holds %d bytes more than when warm", grown);
                        assertThat(grown).as("seed %d", SEED).isLessThan(GROWTH_BYTES_MAX);
                    }
                });

        Log.infof("Seed %d, %d clients, %d requests: by status, %s", SEED, CLIENTS, sent, answers);
        assertThat(answers).containsKeys(200, 202, 400, 422);
        assertThat(editor.get("/q/health/ready").status()).isEqualTo(200);
        assertThat(editor.post("/v1/exchanges", Bodies.exchange("")).status()).isEqualTo(202);
    }

    /// What is left when everything is gone that nobody holds.
    private static long heapBytes() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    /// The requests are made by this thread, in their order, and sent by the clients.
    private void sendForAQuarter() {
        long end = System.nanoTime() + TIME.dividedBy(4).toNanos();
        var idle = new Semaphore(CLIENTS);
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            while (System.nanoTime() < end && broken.get() == null) {
                long number = sent++;
                Request request =
                        request(new Random(new SplittableRandom(SEED + number).nextLong()));
                idle.acquireUninterruptibly();
                clients.execute(
                        () -> {
                            try {
                                answers.merge(send(number, request), 1, Integer::sum);
                            } catch (AssertionError | RuntimeException unexpected) {
                                broken.compareAndSet(null, unexpected);
                            } finally {
                                idle.release();
                            }
                        });
            }
        }
        assertThat(broken.get()).isNull();
    }

    private int send(long number, Request request) {
        long began = System.nanoTime();
        Answer answer =
                editor.send(
                        request.method(),
                        request.path(),
                        request.type(),
                        BodyPublishers.ofByteArray(request.body().getBytes(ISO_8859_1)),
                        request.headers().toArray(String[]::new));
        Duration taken = Duration.ofNanos(System.nanoTime() - began);

        String what = "seed %d, request %d: %s".formatted(SEED, number, request);
        assertThat(answer.status()).as("%s%n%s", what, answer.response().body()).isIn(EXPECTED);
        assertThat(taken).as(what).isLessThan(ANSWER_MAX);
        if (answer.status() >= 400) {
            assertThat(answer.header("Content-Type"))
                    .as(what)
                    .isEqualTo("application/problem+json");
            assertThat(answer.at("/type").asText()).as(what).startsWith("/v1/problems/");
        }
        return answer.status();
    }

    private Request request(Random random) {
        Request request = understood(random);
        if (random.nextInt(20) > 0) {
            return request;
        }
        String type =
                random.nextBoolean()
                        ? OTHER_TYPES[random.nextInt(OTHER_TYPES.length)]
                        : request.type();
        return new Request(
                request.method(),
                request.path(),
                type,
                List.of(HEADERS[random.nextInt(HEADERS.length)]),
                request.body());
    }

    /// Its headers at least.
    private Request understood(Random random) {
        var mischief = new Mischief(random);
        EventType type = EventType.values()[random.nextInt(EventType.values().length)];
        String parameters =
                random.nextInt(10) == 0 ? PARAMETERS[random.nextInt(PARAMETERS.length)] : "";
        if (random.nextInt(3) > 0) {
            String path = path(type, random);
            return new Request(
                    type == EventType.CONFLICT_DEFINED ? "PUT" : "POST",
                    path + parameters,
                    random.nextInt(20) == 0 ? TYPES[random.nextInt(TYPES.length)] : TYPES[0],
                    List.of("Idempotency-Key", "f-" + random.nextInt(1_000)),
                    new String(
                            bytes(statement(type, random, mischief), random, mischief),
                            ISO_8859_1));
        }
        if (random.nextInt(4) == 0) {
            return new Request(
                    "POST",
                    "/v1/events" + parameters,
                    TYPES[0],
                    List.of(
                            "ce-specversion",
                            "1.0",
                            "ce-type",
                            type.wire(),
                            "ce-subject",
                            "f-" + random.nextInt(100),
                            random.nextInt(4) == 0 ? "ce-extra" : "ce-id",
                            "%zz" + random.nextInt(20)),
                    new String(
                            bytes(statement(type, random, mischief), random, mischief),
                            ISO_8859_1));
        }
        String media = TYPES[random.nextInt(1, TYPES.length)];
        var body = new ByteArrayOutputStream();
        boolean isBatch = media.endsWith("batch+json");
        int events = media.endsWith("ndjson") || isBatch ? random.nextInt(8) : 1;
        body.writeBytes((isBatch ? "[" : "").getBytes(UTF_8));
        for (int index = 0; index < events; index++) {
            body.writeBytes((index == 0 ? "" : isBatch ? "," : "\n").getBytes(UTF_8));
            body.writeBytes(bytes(event(random, mischief), random, mischief));
        }
        body.writeBytes((isBatch ? "]" : "").getBytes(UTF_8));
        return new Request(
                "POST", "/v1/events" + parameters, media, List.of(), body.toString(ISO_8859_1));
    }

    private ObjectNode event(Random random, Mischief mischief) {
        EventType type = EventType.values()[random.nextInt(EventType.values().length)];
        ObjectNode event =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("specversion", "1.0")
                        .put("id", "f-" + random.nextInt(1_000))
                        .put("type", type.wire())
                        .put("subject", "f-" + random.nextInt(100));
        event.set("data", statement(type, random, mischief));
        if (random.nextInt(4) == 0) {
            mischief.spoil(event);
        }
        return event;
    }

    private JsonNode statement(EventType type, Random random, Mischief mischief) {
        JsonNode statement = Optional.ofNullable(statements.get(type)).orElseThrow().make(random);
        JsonNode own = statement.deepCopy();
        for (int times = random.nextInt(3); times > 0; times--) {
            mischief.spoil(own);
        }
        return own;
    }

    private static byte[] bytes(JsonNode tree, Random random, Mischief mischief) {
        return random.nextInt(5) == 0
                ? mischief.spoiled(tree.toString())
                : tree.toString().getBytes(UTF_8);
    }

    private static String path(EventType type, Random random) {
        String id =
                switch (random.nextInt(40)) {
                    case 0 -> "%00";
                    case 1 -> "%e2%80%ae";
                    case 2 -> "..%2f";
                    case 3 -> "x".repeat(200);
                    default -> "f-" + random.nextInt(100);
                };
        return switch (type) {
            case CONFLICT_DEFINED -> "/v1/conflicts/" + id;
            case EXCHANGE_REPORTED -> "/v1/exchanges";
            case EXCHANGE_CORRECTED -> "/v1/exchanges/" + id + "/corrections";
            case EXCHANGE_RETRACTED -> "/v1/exchanges/" + id + "/retraction";
            case EXCHANGE_MERGED -> "/v1/exchanges/" + id + "/merge";
            case AGREEMENT_REPORTED -> "/v1/agreements";
            case AGREEMENT_CORRECTED -> "/v1/agreements/" + id + "/corrections";
            case AGREEMENT_RETRACTED -> "/v1/agreements/" + id + "/retraction";
            case CLAIM_MADE -> "/v1/claims";
            case CLAIM_CORRECTED -> "/v1/claims/" + id + "/corrections";
            case CLAIM_RETRACTED -> "/v1/claims/" + id + "/retraction";
        };
    }
}
