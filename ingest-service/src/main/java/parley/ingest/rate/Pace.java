package parley.ingest.rate;

import io.github.bucket4j.Bucket;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// How fast a batch or stream goes that has begun: it is slowed down and never refused.
public final class Pace implements AutoCloseable {
    private final Optional<Bucket> bucket;
    private final Semaphore streams;
    private final Semaphore allStreams;
    private boolean isFirst = true;

    /// @param streams a permit of each is held, of the publisher's and of all publishers'
    Pace(Optional<Bucket> bucket, Semaphore streams, Semaphore allStreams) {
        this.bucket = bucket;
        this.streams = streams;
        this.allStreams = allStreams;
    }

    /// Waits until the next event may be taken. The first was paid for at the beginning.
    public void next() {
        if (isFirst) {
            isFirst = false;
        } else {
            bucket.ifPresent(tokens -> tokens.asBlocking().consumeUninterruptibly(1));
        }
    }

    @Override
    public void close() {
        allStreams.release();
        streams.release();
    }
}
