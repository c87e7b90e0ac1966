package parley.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.bench.measured.Measured;
import parley.bench.measured.Metric;

class LoadIT {
    private static final Duration SHORT = Duration.ofMillis(300);

    private final Vertx vertx = Vertx.vertx();
    private final Load load = new Load();
    private final AtomicInteger answered = new AtomicInteger();

    @AfterEach
    void close() {
        load.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private Call callTo(Handler<HttpServerRequest> handler) {
        int port =
                vertx.createHttpServer()
                        .requestHandler(handler)
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join()
                        .actualPort();
        return Call.get(URI.create("http://127.0.0.1:" + port + "/"), Map.of(), 200);
    }

    private void answer(HttpServerRequest request) {
        answered.incrementAndGet();
        request.response().end("hello");
    }

    @Test
    void aSteadyLoadMakesNoMoreCallsThanItIsTold() {
        load.steady(callTo(this::answer), 4, 200, Duration.ZERO, SHORT);

        assertThat(answered.get()).isBetween(1, 60);
    }

    @Test
    void atThePeakCallsFollowEachOther() {
        Measured peak = load.peak(callTo(this::answer), 4, SHORT);

        assertThat(peak.values()).containsOnlyKeys(Metric.REQUESTS, Metric.P50, Metric.P99);
        assertThat(answered.get()).isGreaterThan(8);
    }

    @Test
    void callsThatCouldNotBeMadeCountAsLateAsTheyAre() {
        Call slow = callTo(request -> vertx.setTimer(20, _ -> answer(request)));

        Measured measured = load.steady(slow, 1, 1_000, Duration.ZERO, SHORT);

        assertThat(answered.get()).isLessThan(60);
        assertThat(measured.values().get(Metric.P99)).isGreaterThan(300);
    }

    @Test
    void anotherAnswerThanExpectedIsAFailure() {
        Call failing = callTo(request -> request.response().setStatusCode(503).end());

        assertThatThrownBy(() -> load.steady(failing, 1, 100, Duration.ZERO, SHORT))
                .hasRootCauseMessage("answered with 503");
    }

    @Test
    void callsOfTheWarmUpDoNotCount() {
        Call slowAtFirst =
                callTo(
                        request -> {
                            if (answered.get() == 0) {
                                vertx.setTimer(400, _ -> answer(request));
                            } else {
                                answer(request);
                            }
                        });

        Measured measured = load.steady(slowAtFirst, 1, 100, Duration.ofMillis(800), SHORT);

        assertThat(measured.values().get(Metric.P99)).isLessThan(300);
        assertThat(measured.values().get(Metric.REQUESTS)).isBetween(50.0, 200.0);
    }

    @Test
    void aConnectionThatIsClosedIsAFailure() {
        Call cutOff = callTo(request -> request.connection().close());

        assertThatThrownBy(() -> load.steady(cutOff, 1, 100, Duration.ZERO, SHORT))
                .hasRootCauseMessage("The connection was closed");
    }
}
