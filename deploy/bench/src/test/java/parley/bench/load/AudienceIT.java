package parley.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Against a server that tells only some of what is published, on one thread.
class AudienceIT {
    private static final int WATCHERS = 3;

    private final Vertx vertx = Vertx.vertx();
    private final List<HttpServerResponse> held = new ArrayList<>();
    private int position = 1;

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private URI serverOf(Handler<HttpServerRequest> reader) {
        int port =
                vertx.createHttpServer()
                        .requestHandler(
                                request -> {
                                    if ("/publish".equals(request.path())) {
                                        publish(request.response());
                                    } else {
                                        reader.handle(request);
                                    }
                                })
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join()
                        .actualPort();
        return URI.create("http://127.0.0.1:" + port);
    }

    private void publish(HttpServerResponse response) {
        position++;
        response.setStatusCode(202).putHeader("Ledger-Position", "e1:" + position).end("{}");
        List<HttpServerResponse> told = List.copyOf(held);
        told.forEach(it -> tell(it, position - 1));
        told.forEach(it -> vertx.setTimer(20, _ -> tell(it, position)));
    }

    private void tell(HttpServerResponse response, int read) {
        if (response.isChunked()) {
            response.write(":\n\n");
            response.write("id:e1:%d\nevent:totals\ndata:{}\n\n".formatted(read));
        } else if (read == position) {
            held.remove(response);
            response.putHeader("etag", "\"%d\"".formatted(read))
                    .end("{\"position\":\"e1:%d\"}".formatted(read));
        }
    }

    private void listen(HttpServerRequest request) {
        held.add(request.response().setChunked(true));
        tell(request.response(), position);
    }

    private void poll(HttpServerRequest request) {
        String tag = request.getHeader("If-None-Match");
        if (tag != null && tag.equals("\"%d\"".formatted(position))) {
            held.add(request.response());
        } else {
            tell(request.response(), position);
        }
    }

    private static Call publication(URI server) {
        return Call.post(server.resolve("/publish"), Map.of(), "{}", 202);
    }

    @Test
    void whoListensIsToldWhenTheEventCoversWhatWasPublished() {
        URI server = serverOf(this::listen);
        try (var audience = Audience.listening(server.resolve("/stream?of=x"), WATCHERS)) {
            var told = audience.publish(publication(server));

            assertThat(told.getTotalCount()).isEqualTo(WATCHERS);
            assertThat(told.getMinValue()).isGreaterThan(10_000_000);
            assertThat(audience.publish(publication(server)).getTotalCount()).isEqualTo(WATCHERS);
        }
    }

    @Test
    void whoPollsAsksAgainWithTheTagOfTheLastAnswer() {
        URI server = serverOf(this::poll);
        try (var audience = Audience.polling(server.resolve("/totals?wait=30"), WATCHERS)) {
            assertThat(audience.publish(publication(server)).getTotalCount()).isEqualTo(WATCHERS);
            assertThat(audience.publish(publication(server)).getTotalCount()).isEqualTo(WATCHERS);
        }
    }

    @Test
    void whatIsNoStreamIsAFailure() {
        URI server = serverOf(request -> request.response().setStatusCode(404).end());

        assertThatThrownBy(() -> Audience.listening(server.resolve("/"), WATCHERS))
                .hasRootCauseMessage(
                        "no stream: HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n");
    }
}
