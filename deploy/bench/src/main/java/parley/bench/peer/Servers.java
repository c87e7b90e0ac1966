package parley.bench.peer;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import parley.bench.lab.Peer;
import parley.stack.FreePort;

/// How all HTTP peers serve: bare Vert.x, on as many threads as there are cores.
final class Servers {
    private Servers() {}

    /// Serves until the process ends, and tells the port.
    static void serve(Path told, Handler<HttpServerRequest> handler) throws IOException {
        int threads = Runtime.getRuntime().availableProcessors();
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(threads));
        int port = FreePort.any();
        IntStream.range(0, threads).forEach(_ -> listen(vertx, port, handler));
        Peer.tell(told, Integer.toString(port));
    }

    /// Servers of one Vert.x on one port share its connections among their threads.
    private static void listen(Vertx vertx, int port, Handler<HttpServerRequest> handler) {
        var _ =
                vertx.createHttpServer()
                        .requestHandler(handler)
                        .listen(port, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
    }
}
