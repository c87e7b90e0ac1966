package parley.ingest.log;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/// What has become of the events that were sent to the log lately.
@Singleton
public final class Acknowledgements {
    /// So long a failure counts: then somebody has to be let in, to see whether it is over.
    private static final long LATELY_NANOS = TimeUnit.SECONDS.toNanos(15);

    private final Timer acknowledged;
    private final Timer refused;
    private volatile @Nullable Failure lastFailure;
    private volatile @Nullable Long acknowledgedNanos;

    private record Failure(String reason, long nanos) {}

    Acknowledgements(MeterRegistry registry) {
        acknowledged = timer(registry, "acknowledged");
        refused = timer(registry, "failed");
    }

    private static Timer timer(MeterRegistry registry, String outcome) {
        return Timer.builder("parley.ingest.append")
                .description("An event sent to the log, until all in-sync replicas have it")
                .tag("outcome", outcome)
                .register(registry);
    }

    void acknowledged(long sentNanos) {
        long now = System.nanoTime();
        acknowledged.record(now - sentNanos, TimeUnit.NANOSECONDS);
        acknowledgedNanos = now;
    }

    /// One event that is too large says nothing of the others.
    void failed(Exception failure, long sentNanos) {
        long now = System.nanoTime();
        refused.record(now - sentNanos, TimeUnit.NANOSECONDS);
        if (!(failure instanceof RecordTooLargeException)) {
            lastFailure = new Failure(failure.toString(), now);
        }
    }

    /// Why nothing goes onto the log: some event failed lately, and none has gone through. Null
    /// where one has, or none was tried.
    public @Nullable String trouble() {
        return trouble(System.nanoTime());
    }

    @Nullable String trouble(long nanos) {
        Failure failure = lastFailure;
        Long success = acknowledgedNanos;
        return failure == null
                        || nanos - failure.nanos > LATELY_NANOS
                        || (success != null && nanos - success <= LATELY_NANOS)
                ? null
                : failure.reason;
    }

    /// How long ago an event was last acknowledged, in seconds; null where none was.
    public @Nullable Long secondsSince() {
        Long success = acknowledgedNanos;
        return success == null ? null : TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - success);
    }
}
