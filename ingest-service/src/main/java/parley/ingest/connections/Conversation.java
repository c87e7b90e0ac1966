package parley.ingest.connections;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a client gets on with its requests, over one connection. Looked at by the connection's event
/// loop; that it was answered, another thread may tell.
final class Conversation {
    private static final String STREAM = "application/x-ndjson";
    private static final long BYTES_A_SECOND_MIN = 64 << 10;

    /// So long a client that was answered before it had sent all may read the answer: it is lost
    /// where a connection is closed in the midst of what it sends.
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final ConnectionsConfig config;
    private volatile @Nullable HttpServerRequest request;
    private volatile boolean isAnswered;
    private volatile long sinceNanos = System.nanoTime();
    private long bytesHeard;
    private long heardNanos;

    Conversation(ConnectionsConfig config) {
        this.config = config;
    }

    /// All headers of a request are there.
    void begin(HttpServerRequest begun) {
        request = begun;
        isAnswered = false;
        sinceNanos = System.nanoTime();
        bytesHeard = 0;
        heardNanos = sinceNanos;
    }

    /// May be told late, when the next request is there already: then it says nothing of that one.
    void answered(HttpServerRequest former) {
        if (former == request) {
            isAnswered = true;
            sinceNanos = System.nanoTime();
        }
    }

    /// Whether the client has taken longer than it may.
    ///
    /// @param isHeard whether what it sends is taken from the network now
    boolean isOverdue(boolean isHeard) {
        HttpServerRequest current = request;
        if (current == null || (isAnswered && current.isEnded())) {
            return isOlderThan(config.idleTimeMax());
        }
        if (isAnswered) {
            return isOlderThan(FAREWELL);
        }
        if (current.isEnded()) {
            return false;
        }
        return isStream(current)
                ? isSilent(current, isHeard)
                : isOlderThan(
                        config.bodyTimeMax().plusSeconds(current.bytesRead() / BYTES_A_SECOND_MIN));
    }

    private boolean isOlderThan(Duration age) {
        return System.nanoTime() - sinceNanos > age.toNanos();
    }

    /// Where nobody reads on, the client is not to blame.
    private boolean isSilent(HttpServerRequest current, boolean isHeard) {
        long bytes = current.bytesRead();
        if (bytes != bytesHeard || !isHeard) {
            bytesHeard = bytes;
            heardNanos = System.nanoTime();
        }
        return System.nanoTime() - heardNanos > config.bodyTimeMax().toNanos();
    }

    /// How long each of its lines may take is its reader's to say.
    private static boolean isStream(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return type != null && type.regionMatches(true, 0, STREAM, 0, STREAM.length());
    }
}
