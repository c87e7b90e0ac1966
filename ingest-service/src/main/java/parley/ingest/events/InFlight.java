package parley.ingest.events;

import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;

/// Bounds what is sent and not yet acknowledged, in bytes: of each request, so that one publisher's
/// backlog does not keep the others waiting, and of all together, so that it fits into the
/// producer's buffer (`buffer.memory`).
@Singleton
final class InFlight {
    private static final int REQUEST_BYTES_MAX = 4 << 20;
    private static final int TOTAL_BYTES_MAX = 40 << 20;

    private final Semaphore total = new Semaphore(TOTAL_BYTES_MAX, true);

    /// The part of one request.
    final class Share {
        private final Semaphore own = new Semaphore(REQUEST_BYTES_MAX);

        /// Waits until so many bytes may be sent. The log answers everything within seconds, be it
        /// with a failure, so the wait ends.
        void acquire(int bytes) {
            own.acquireUninterruptibly(bytes);
            total.acquireUninterruptibly(bytes);
        }

        void release(int bytes) {
            total.release(bytes);
            own.release(bytes);
        }

        /// Waits until everything is answered.
        void settle() {
            own.acquireUninterruptibly(REQUEST_BYTES_MAX);
            own.release(REQUEST_BYTES_MAX);
        }
    }

    Share share() {
        return new Share();
    }
}
