package parley.ingest.rate;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// What each publisher may still send: a bucket of tokens, one for an event, that fills up again
/// at the configured rate. There are as many as there are publishers with a valid token.
@Startup // Its counter is there before anything is refused.
@Singleton
public final class Allowances {
    private static final Duration STREAM_PAUSE = Duration.ofSeconds(5);

    /// Of all publishers: each keeps a thread, of which half are left to the other calls.
    private static final int STREAMS_MAX = 100;

    private final RateConfig config;
    private final Semaphore streams = new Semaphore(STREAMS_MAX);
    private final Map<String, Allowance> allowances = new ConcurrentHashMap<>();
    private final Counter refused;

    private record Allowance(@Nullable Bucket bucket, Semaphore streams) {}

    Allowances(RateConfig config, MeterRegistry metrics) {
        this.config = config;
        this.refused =
                Counter.builder("parley.rate.refused")
                        .description("Requests of publishers that were over their rate")
                        .register(metrics);
    }

    /// Takes the token of one event; throws an [OverRateException] where there is none.
    public void take(String publisher) {
        take(of(publisher).bucket());
    }

    /// Lets a batch or stream begin, to be closed at its end; empty where all publishers together
    /// have too many. Throws an [OverRateException] where this one has, be it more than it leaves
    /// to the others: a few who take what they can do not take everything.
    public Optional<Pace> begin(String publisher) {
        Allowance allowance = of(publisher);
        int open = config.streamsMax() - allowance.streams().availablePermits();
        boolean leavesOthersAsMany = open == 0 || open < streams.availablePermits();
        if (!leavesOthersAsMany || !allowance.streams().tryAcquire()) {
            refused.increment();
            throw new OverRateException(
                    "%d batches and streams of this publisher are open, and no more may be at a time."
                            .formatted(open),
                    STREAM_PAUSE);
        }
        if (!streams.tryAcquire()) {
            allowance.streams().release();
            return Optional.empty();
        }
        var pace = new Pace(Optional.ofNullable(allowance.bucket()), allowance.streams(), streams);
        try {
            take(allowance.bucket());
        } catch (OverRateException over) {
            pace.close();
            throw over;
        }
        return Optional.of(pace);
    }

    private void take(@Nullable Bucket bucket) {
        if (bucket == null) {
            return;
        }
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            refused.increment();
            throw new OverRateException(
                    "This publisher may send %d events a second, and %d at once after a while of none."
                            .formatted(config.eventsPerSecond(), config.burst()),
                    Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }

    private Allowance of(String publisher) {
        return allowances.computeIfAbsent(
                publisher, _ -> new Allowance(bucket(), new Semaphore(config.streamsMax())));
    }

    private @Nullable Bucket bucket() {
        return config.eventsPerSecond() == 0
                ? null
                : Bucket.builder()
                        .addLimit(
                                limit ->
                                        limit.capacity(config.burst())
                                                .refillGreedy(
                                                        config.eventsPerSecond(),
                                                        Duration.ofSeconds(1)))
                        .withNanosecondPrecision()
                        .build();
    }
}
