package parley.bench.load;

import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// A request that is sent again and again, and the status that answers it.
public final class Call {
    private final URI address;
    private final byte[] request;
    private final int expectedStatus;

    private Call(URI address, byte[] request, int expectedStatus) {
        this.address = address;
        this.request = request;
        this.expectedStatus = expectedStatus;
    }

    public static Call get(URI address, Map<String, String> headers, int expectedStatus) {
        return new Call(address, bytes("GET", address, headers, ""), expectedStatus);
    }

    public static Call post(
            URI address, Map<String, String> headers, String body, int expectedStatus) {
        return new Call(address, bytes("POST", address, headers, body), expectedStatus);
    }

    URI address() {
        return address;
    }

    int expectedStatus() {
        return expectedStatus;
    }

    Buffer buffer() {
        return Buffer.buffer(request);
    }

    private static byte[] bytes(
            String method, URI address, Map<String, String> headers, String body) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        var head = new StringBuilder();
        head.append(method).append(' ').append(address.getRawPath());
        if (address.getRawQuery() != null) {
            head.append('?').append(address.getRawQuery());
        }
        head.append(" HTTP/1.1\r\n");
        head.append("Host: ").append(address.getAuthority()).append("\r\n");
        headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        if (method.equals("POST")) {
            head.append("Content-Length: ").append(content.length).append("\r\n");
        }
        head.append("\r\n");
        return Buffer.buffer(head.toString()).appendBytes(content).getBytes();
    }
}
