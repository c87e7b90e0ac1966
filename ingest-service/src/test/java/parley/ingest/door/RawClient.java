package parley.ingest.door;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.eclipse.microprofile.config.ConfigProvider;

/// A client that sends what it likes when it likes.
final class RawClient implements AutoCloseable {
    private static final int BETWEEN_BYTES_MILLIS = 20;
    private static final String END_OF_HEAD = "\r\n\r\n";

    private final Socket socket;
    private final StringBuilder answer = new StringBuilder();
    private volatile boolean isShutOut;

    RawClient() {
        try {
            socket =
                    new Socket(
                            InetAddress.getLoopbackAddress(),
                            ConfigProvider.getConfig()
                                    .getValue("quarkus.http.test-port", Integer.class));
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(BETWEEN_BYTES_MILLIS);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// One that has begun a stream, and sends none of it.
    static RawClient streaming(String publisher) {
        var client = new RawClient();
        client.send(
                head(
                        "/v1/events",
                        "application/x-ndjson",
                        1_000_000,
                        Newsroom.token(publisher, "publisher")));
        return client;
    }

    /// All headers of a request whose body is to have so many bytes.
    static String head(String path, String type, long bytes, String token) {
        return """
        POST %s HTTP/1.1
        Host: localhost
        Authorization: Bearer %s
        Content-Type: %s
        Content-Length: %d

        """
                .formatted(path, token, type, bytes)
                .replace("\n", "\r\n");
    }

    /// Whether it could still be sent.
    boolean send(String text) {
        return send(text.getBytes(UTF_8));
    }

    boolean send(byte[] bytes) {
        if (isShutOut) {
            return false;
        }
        try {
            socket.getOutputStream().write(bytes);
            return true;
        } catch (IOException closed) {
            isShutOut = true;
            return false;
        }
    }

    /// How much was answered that it has not read.
    int unread() {
        try {
            return socket.getInputStream().available();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Reads for a moment, and returns whether the other end has closed the connection.
    boolean isShutOut() {
        var part = new byte[8 << 10];
        try {
            while (!isShutOut) {
                int read = socket.getInputStream().read(part);
                if (read < 0) {
                    isShutOut = true;
                } else {
                    answer.append(new String(part, 0, read, ISO_8859_1));
                }
            }
        } catch (SocketTimeoutException nothingMore) {
            return false;
        } catch (IOException reset) {
            isShutOut = true;
        }
        return true;
    }

    /// What was answered so far.
    String answer() {
        return answer.toString();
    }

    boolean hasAnswer() {
        return isShutOut() || answer.indexOf(END_OF_HEAD) >= 0;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
