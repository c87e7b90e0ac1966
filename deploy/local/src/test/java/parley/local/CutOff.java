package parley.local;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.random.RandomGenerator;

/// A request whose sender hangs up before it has read the answer, at a moment that chance chooses.
final class CutOff {
    private static final int ANSWER_MILLIS_MAX = 500;

    private final URI service;
    private final String token;

    CutOff(URI service, String token) {
        this.service = service;
        this.token = token;
    }

    /// How far the sender comes.
    private enum Moment {
        IN_THE_HEAD,
        IN_THE_BODY,
        AT_THE_END,
        WHILE_IT_IS_ANSWERED
    }

    /// Returns whether anybody was there to be sent it; however much of it arrived.
    boolean post(String path, String key, String body, RandomGenerator random) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), service.getPort())) {
            hangUp(socket, head(path, key, body), body.getBytes(UTF_8), random);
            return true;
        } catch (IOException nobodyIsThere) {
            return false;
        }
    }

    private byte[] head(String path, String key, String body) {
        return """
        POST %s HTTP/1.1
        Host: %s
        Authorization: Bearer %s
        Content-Type: application/json
        Idempotency-Key: %s
        Content-Length: %d

        """
                .formatted(path, service.getAuthority(), token, key, body.getBytes(UTF_8).length)
                .replace("\n", "\r\n")
                .getBytes(US_ASCII);
    }

    private static void hangUp(Socket socket, byte[] head, byte[] body, RandomGenerator random) {
        var moment = Moment.values()[random.nextInt(Moment.values().length)];
        var sent =
                switch (moment) {
                    case IN_THE_HEAD -> random.nextInt(head.length);
                    case IN_THE_BODY -> head.length + random.nextInt(body.length);
                    case AT_THE_END, WHILE_IT_IS_ANSWERED -> head.length + body.length;
                };
        try {
            socket.setTcpNoDelay(true);
            if (random.nextBoolean()) {
                socket.setSoLinger(true, 0); // Hangs up by a reset.
            }
            socket.setSoTimeout(1 + random.nextInt(ANSWER_MILLIS_MAX));
            var request = new ByteArrayOutputStream();
            request.writeBytes(head);
            request.writeBytes(body);
            socket.getOutputStream().write(request.toByteArray(), 0, sent);
            if (moment == Moment.WHILE_IT_IS_ANSWERED) {
                var _ = socket.getInputStream().read();
            }
        } catch (SocketTimeoutException unanswered) {
            return; // As intended: the sender has no patience.
        } catch (IOException cutOff) {
            return; // By the service's end: it was killed meanwhile.
        }
    }
}
