package parley.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import parley.contract.LogPosition;

/// Dashboards that follow one conflict over replicas of which any may be gone: each asks one of
/// them, and when that fails or ends another, with what it was told last. Some listen (with
/// `Last-Event-ID`), some wait and some poll (with `Ledger-Position`).
final class Followers implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper json = new ObjectMapper();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Follower> followers = new ArrayList<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong answers = new AtomicLong();
    private final AtomicInteger breaks = new AtomicInteger();
    private final List<URI> replicas;
    private final String conflict;
    private volatile boolean isOver;

    Followers(List<URI> replicas, String conflict) {
        this.replicas = replicas;
        this.conflict = conflict;
    }

    private interface Asking {
        void ask(Follower follower) throws IOException, InterruptedException;
    }

    /// So many more who listen, as many who wait and as many who poll.
    void add(int each) {
        for (int follower = 0; follower < each; follower++) {
            follow("listening", this::listen);
            follow("waiting", it -> poll(it, "?wait=60"));
            follow("polling", it -> poll(it, ""));
        }
    }

    private void follow(String how, Asking asking) {
        var follower = new Follower(how);
        followers.add(follower);
        var _ =
                threads.submit(
                        () -> {
                            while (!isOver) {
                                try {
                                    asking.ask(follower);
                                } catch (IOException | UncheckedIOException gone) {
                                    breaks.incrementAndGet();
                                } catch (RuntimeException | Error failed) {
                                    failures.add(how + ": " + failed);
                                }
                                LockSupport.parkNanos(PAUSE.toNanos());
                            }
                            return null;
                        });
    }

    /// How many people the one who is furthest was last told of.
    long furthest() {
        return followers.stream().mapToLong(it -> it.total).max().orElse(0);
    }

    /// Those who were last told of another number than that.
    List<String> without(long total) {
        return followers.stream().filter(it -> it.total != total).map(Follower::toString).toList();
    }

    /// Answers that went back, and those that were none.
    List<String> failures() {
        return List.copyOf(failures);
    }

    /// How many answers and events were read.
    long answers() {
        return answers.get();
    }

    /// How many connections broke, or were not to be had.
    int breaks() {
        return breaks.get();
    }

    private URI any(String path) {
        return replicas.get(ThreadLocalRandom.current().nextInt(replicas.size())).resolve(path);
    }

    private void listen(Follower follower) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(any("/v1/stream?conflict=" + conflict));
        if (follower.lastEventId != null) {
            request.header("Last-Event-ID", follower.lastEventId);
        }
        var answer = http.send(request.build(), BodyHandlers.ofLines());
        try (var lines = answer.body()) {
            if (answer.statusCode() != 200) {
                refused(follower, answer.statusCode(), lines.toList().toString());
                return;
            }
            String id = null;
            String data = null;
            var line = lines.iterator();
            while (!isOver && line.hasNext()) {
                var field = line.next();
                if (field.startsWith("id:")) {
                    id = field.substring("id:".length());
                } else if (field.startsWith("data:")) {
                    data = field.substring("data:".length());
                } else if (field.isEmpty() && data != null) { // Only now is it an event.
                    follower.told(data);
                    follower.lastEventId = id;
                    data = null;
                }
            }
        }
    }

    private void poll(Follower follower, String how) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(any("/v1/conflicts/" + conflict + "/totals" + how))
                        .timeout(Duration.ofSeconds(60).plus(PATIENCE));
        if (follower.tag != null) {
            request.header("If-None-Match", follower.tag);
            request.header("Ledger-Position", follower.position.toString());
        }
        var answer = http.send(request.build(), BodyHandlers.ofString());
        switch (answer.statusCode()) {
            case 200 -> {
                follower.told(answer.body());
                follower.tag = answer.headers().firstValue("ETag").orElseThrow();
            }
            case 304 -> answers.incrementAndGet();
            default -> refused(follower, answer.statusCode(), answer.body());
        }
    }

    /// That the books cannot be read now is no wrong answer: one asks again.
    private void refused(Follower follower, int status, String body) {
        if (status != 503) {
            failures.add("%s: %d %s".formatted(follower, status, body));
        }
    }

    /// What one was told last.
    private final class Follower {
        private final String how;
        private LogPosition position = LogPosition.START;
        private @Nullable String tag;
        private @Nullable String lastEventId;
        private volatile long total;

        Follower(String how) {
            this.how = how;
        }

        void told(String text) throws IOException {
            JsonNode body = json.readTree(text);
            var now = LogPosition.parse(body.path("position").asText());
            var counted = body.at("/parties/0/totals/0/received/best").asLong();
            if (!now.covers(position) || (now.equals(position) && counted != total)) {
                failures.add("%s, then %d at %s".formatted(this, counted, now));
            }
            position = now;
            total = counted;
            answers.incrementAndGet();
        }

        @Override
        public String toString() {
            return "%s: %d at %s".formatted(how, total, position);
        }
    }

    @Override
    public void close() {
        isOver = true;
        http.shutdownNow();
        threads.shutdownNow();
        threads.close();
    }
}
