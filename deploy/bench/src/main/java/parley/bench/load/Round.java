package parley.bench.load;

import io.vertx.core.Promise;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import parley.contract.LogPosition;

/// From one change until everybody has been told of it, on the thread of its [Audience].
final class Round {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int DIGITS = 3;

    private final int watchers;
    private final Promise<Histogram> done = Promise.promise();
    private final Histogram nanos = new Histogram(DIGITS);
    private final Map<Watcher, String> early = new HashMap<>();
    private final Set<Watcher> informed = new HashSet<>();
    private @Nullable LogPosition change;
    private long answered;
    private String lastHeard = "";
    private boolean isLastEnough;

    /// @param watchers how many are to be told
    Round(int watchers) {
        this.watchers = watchers;
    }

    /// Whoever makes the change has been told where on the log it is. What was heard before, was
    /// heard in no time.
    void answered(LogPosition position) {
        change = position;
        answered = System.nanoTime();
        early.forEach((watcher, heard) -> inform(watcher, heard, answered));
    }

    void told(Watcher watcher, String position) {
        if (change == null) {
            early.put(watcher, position);
        } else {
            inform(watcher, position, System.nanoTime());
        }
    }

    void fail(Throwable failure) {
        done.tryFail(failure);
    }

    /// For each watcher the nanoseconds that it took.
    Histogram await() {
        try {
            return done.future()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception failed) {
            throw new IllegalStateException("Not everybody was told", failed);
        }
    }

    private void inform(Watcher watcher, String position, long at) {
        if (covers(position) && informed.add(watcher)) {
            nanos.recordValue(at - answered);
            if (informed.size() == watchers) {
                done.tryComplete(nanos);
            }
        }
    }

    /// Everybody is told the same, so it is looked into once.
    private boolean covers(String position) {
        if (!position.equals(lastHeard)) {
            lastHeard = position;
            isLastEnough = change != null && LogPosition.parse(position).covers(change);
        }
        return isLastEnough;
    }
}
