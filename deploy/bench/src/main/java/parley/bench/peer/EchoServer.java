package parley.bench.peer;

import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import parley.contract.EventCodec;
import parley.contract.EventType;
import parley.contract.UnreadableEventException;

/// Reads a report into the types of the contract, which check it, and answers; it keeps nothing,
/// and asks nobody who they are.
public final class EchoServer {
    private static final int ACCEPTED = 202;
    private static final int BAD_REQUEST = 400;
    private static final String ANSWER =
            """
            {"eventId":"0198c0de-0000-7000-8000-000000000000",\
            "subject":"0198c0de-0000-7000-8000-000000000000","position":"e3:1234567"}""";

    private EchoServer() {}

    /// `TOLD`; tells its port.
    public static void main(String... arguments) throws Exception {
        Servers.serve(Path.of(arguments[0]), EchoServer::answer);
    }

    private static void answer(HttpServerRequest request) {
        request.bodyHandler(
                body -> {
                    var response = request.response();
                    try {
                        EventCodec.read(EventType.EXCHANGE_REPORTED, body.getBytes());
                        response.setStatusCode(ACCEPTED)
                                .putHeader("Content-Type", "application/json")
                                .putHeader("Ledger-Position", "e3:1234567")
                                .end(ANSWER);
                    } catch (UnreadableEventException unreadable) {
                        response.setStatusCode(BAD_REQUEST).end(unreadable.getMessage());
                    }
                });
    }
}
