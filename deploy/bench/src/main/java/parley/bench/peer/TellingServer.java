package parley.bench.peer;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Upon a POST, sends the same bytes to all who listen or wait: nothing is read, folded or rendered
/// for it, so nobody can be told sooner.
public final class TellingServer {
    private static final int ACCEPTED = 202;

    private final byte[] event;
    private final byte[] totals;
    private final String position;
    private final AtomicLong changes = new AtomicLong();
    private final Map<Thread, Desk> desks = new ConcurrentHashMap<>();

    private TellingServer(String totals, String position) {
        this.event =
                """
                content-type:text/plain
                id:%s
                event:totals
                retry:2000
                data:%s

                """
                        .formatted(position, totals)
                        .getBytes(StandardCharsets.UTF_8);
        this.totals = totals.getBytes(StandardCharsets.UTF_8);
        this.position = position;
    }

    /// Those who are served by one thread.
    private record Desk(
            Context context, List<HttpServerResponse> listening, List<HttpServerResponse> waiting) {
        static Desk ofThisThread() {
            return new Desk(
                    Objects.requireNonNull(Vertx.currentContext()),
                    new ArrayList<>(),
                    new ArrayList<>());
        }
    }

    /// `TOLD TOTALS_FILE POSITION`; tells its port.
    public static void main(String... arguments) throws Exception {
        var server = new TellingServer(Files.readString(Path.of(arguments[1])), arguments[2]);
        Servers.serve(Path.of(arguments[0]), server::take);
    }

    private void take(HttpServerRequest request) {
        switch (Objects.requireNonNull(request.path())) {
            case "/v1/exchanges" -> request.bodyHandler(_ -> change(request.response()));
            case "/v1/stream" -> listen(request.response());
            default -> answerOrWait(request);
        }
    }

    private Desk desk() {
        return desks.computeIfAbsent(Thread.currentThread(), _ -> Desk.ofThisThread());
    }

    private void change(HttpServerResponse response) {
        changes.incrementAndGet();
        response.setStatusCode(ACCEPTED).putHeader("Ledger-Position", position).end();
        desks.values().forEach(desk -> desk.context().runOnContext(_ -> tell(desk)));
    }

    private void tell(Desk desk) {
        desk.listening().forEach(response -> response.write(Buffer.buffer(event)));
        List<HttpServerResponse> waiting = List.copyOf(desk.waiting());
        desk.waiting().clear();
        waiting.forEach(this::answer);
    }

    private void listen(HttpServerResponse response) {
        response.putHeader("Content-Type", "text/event-stream").setChunked(true);
        response.write(Buffer.buffer(event));
        desk().listening().add(response);
    }

    private void answerOrWait(HttpServerRequest request) {
        if (tag().equals(request.getHeader("If-None-Match"))) {
            desk().waiting().add(request.response());
        } else {
            answer(request.response());
        }
    }

    private void answer(HttpServerResponse response) {
        response.putHeader("ETag", tag())
                .putHeader("Content-Type", "application/json")
                .end(Buffer.buffer(totals));
    }

    private String tag() {
        return "\"%d\"".formatted(changes.get());
    }
}
