package parley.ingest.connections;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a client gets on with its requests, over one connection. Looked at by the connection's event
/// loop; that it was answered, another thread may tell.
public final class Conversation {
    private static final String KEY = Conversation.class.getName();
    private static final String STREAM = "application/x-ndjson";
    private static final long BYTES_A_SECOND_MIN = 64 << 10;

    /// So long a client that was answered before it had sent all may read the answer: it is lost
    /// where a connection is closed in the midst of what it sends.
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final ConnectionsConfig config;
    private volatile @Nullable HttpServerRequest request;
    private volatile boolean isAnswered;
    private volatile long sinceNanos = System.nanoTime();
    private volatile boolean isAwaited;
    private long bytesHeard;
    private long heardNanos;
    private long writableNanos = System.nanoTime();

    Conversation(ConnectionsConfig config) {
        this.config = config;
    }

    /// What a request's body is read by, in parts, where it may take any time: its sender can be
    /// silent only while somebody waits for him.
    public static InputStream awaited(RoutingContext routing, InputStream body) {
        return routing.get(KEY) instanceof Conversation conversation
                ? conversation.awaited(body)
                : body;
    }

    private InputStream awaited(InputStream body) {
        return new FilterInputStream(body) {
            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                isAwaited = true;
                try {
                    return super.read(into, from, length);
                } finally {
                    isAwaited = false;
                }
            }
        };
    }

    /// All headers of a request are there.
    void begin(RoutingContext begun) {
        begun.put(KEY, this);
        request = begun.request();
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
    /// @param isWritable whether it has read enough for more to be written to it
    boolean isOverdue(boolean isWritable) {
        if (isWritable) {
            writableNanos = System.nanoTime();
        }
        return isOlderThan(writableNanos, config.bodyTimeMax()) || isOverdue();
    }

    private boolean isOverdue() {
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
                ? isSilent(current)
                : isOlderThan(
                        config.bodyTimeMax().plusSeconds(current.bytesRead() / BYTES_A_SECOND_MIN));
    }

    private boolean isOlderThan(Duration age) {
        return isOlderThan(sinceNanos, age);
    }

    private static boolean isOlderThan(long nanos, Duration age) {
        return System.nanoTime() - nanos > age.toNanos();
    }

    /// Where nobody reads on, the client is not to blame.
    private boolean isSilent(HttpServerRequest current) {
        long bytes = current.bytesRead();
        if (bytes != bytesHeard || !isAwaited) {
            bytesHeard = bytes;
            heardNanos = System.nanoTime();
        }
        return isOlderThan(heardNanos, config.bodyTimeMax());
    }

    /// How long each of its lines may take is its reader's to say.
    private static boolean isStream(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return type != null && type.regionMatches(true, 0, STREAM, 0, STREAM.length());
    }
}
