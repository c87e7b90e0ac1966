package parley.ledger.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
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
    private final TotalsResource totals;
    private final PositionWatch watch;
    private final ObjectMapper json;
    private final Map<String, Snapshot> snapshots = new ConcurrentHashMap<>();
    private final Map<String, Uni<Snapshot>> reading = new ConcurrentHashMap<>();

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
        Snapshot known = snapshots.get(conflict);
        Asked asked = watch.asked();
        if (known != null && asked != null && asked.isOfTheSameBooksAs(known.read)) {
            return Uni.createFrom().item(known);
        }
        return reading.computeIfAbsent(
                conflict,
                _ ->
                        Uni.createFrom()
                                .item(() -> read(conflict))
                                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                                .onTermination()
                                .invoke(() -> reading.remove(conflict))
                                .memoize()
                                .indefinitely());
    }

    private Snapshot read(String conflict) {
        Asked asked = Objects.requireNonNull(watch.asked(), "The books are seen before the start");
        TotalsView view = totals.all(conflict, new Moment());
        var read =
                new Snapshot(
                        asked.at(LogPosition.parse(view.position())), view.parties(), text(view));
        snapshots.put(conflict, read);
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
