package parley.ledger.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import parley.contract.LogPosition;
import parley.ledger.totals.TotalsResource;
import parley.ledger.totals.TotalsView;
import parley.ledger.totals.TotalsView.PartyTotals;
import parley.ledger.views.Asked;
import parley.ledger.views.Moment;
import parley.ledger.views.PositionWatch;
import parley.ledger.views.ReadException;

/// The totals of the conflicts that somebody listens to: however many do, they are read and
/// rendered once for each position.
@ApplicationScoped
class LiveTotals {
    private static final long SNAPSHOTS_MAX = 1_000;

    private final TotalsResource totals;
    private final PositionWatch watch;
    private final ObjectMapper json;
    private final Cache<String, Snapshot> snapshots =
            Caffeine.newBuilder().maximumSize(SNAPSHOTS_MAX).executor(Runnable::run).build();
    private final Map<String, Reading> reading = new ConcurrentHashMap<>();

    LiveTotals(TotalsResource totals, PositionWatch watch, ObjectMapper json) {
        this.totals = totals;
        this.watch = watch;
        this.json = json;
    }

    /// The totals, as they were read last.
    ///
    /// @param read when they were known to be so
    /// @param text as they are answered, in JSON
    record Snapshot(Asked read, List<PartyTotals> parties, String text) {}

    /// Those of a conflict as the books stand, or further: whoever asks while they are read waits
    /// for the same.
    ///
    /// @throws ReadException where there is no such conflict
    Uni<Snapshot> of(String conflict) {
        Snapshot known = current(conflict);
        if (known != null) {
            return Uni.createFrom().item(known);
        }
        Reading reading = reading(conflict);
        Infrastructure.getDefaultWorkerPool().execute(reading);
        return Uni.createFrom().completionStage(reading.told::copy);
    }

    /// The same for a caller who waits: he reads them himself, unless somebody does already. So of
    /// all who wait none holds the thread that another needs.
    ///
    /// @throws ReadException where there is no such conflict
    /// @throws TimeoutException where somebody reads them for longer than the caller has patience
    void mustBeThere(String conflict, Duration patience) throws TimeoutException {
        if (current(conflict) != null) {
            return;
        }
        Reading reading = reading(conflict);
        reading.run();
        try {
            reading.told.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable Snapshot current(String conflict) {
        Snapshot known = snapshots.getIfPresent(conflict);
        Asked asked = watch.asked();
        return known != null && asked != null && asked.isOfTheSameBooksAs(known.read)
                ? known
                : null;
    }

    private Reading reading(String conflict) {
        return reading.computeIfAbsent(conflict, Reading::new);
    }

    /// Done once, by whoever comes to it first.
    private final class Reading implements Runnable {
        private final String conflict;
        private final AtomicBoolean isBegun = new AtomicBoolean();
        private final CompletableFuture<Snapshot> told = new CompletableFuture<>();

        Reading(String conflict) {
            this.conflict = conflict;
        }

        @Override
        public void run() {
            if (!isBegun.compareAndSet(false, true)) {
                return;
            }
            try {
                Snapshot read = read(conflict);
                reading.remove(conflict);
                told.complete(read);
            } catch (RuntimeException | Error failed) {
                reading.remove(conflict);
                told.completeExceptionally(failed);
            }
        }
    }

    private Snapshot read(String conflict) {
        Asked asked = Objects.requireNonNull(watch.asked(), "The books are seen before the start");
        TotalsView view = totals.all(conflict, new Moment());
        var read =
                new Snapshot(
                        asked.at(LogPosition.parse(view.position())), view.parties(), text(view));
        snapshots.put(conflict, read);
        // Else what is read ahead of it would seem outdated, and be read again.
        watch.readAt(read.read);
        return read;
    }

    private String text(TotalsView view) {
        try {
            return json.writeValueAsString(view);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
