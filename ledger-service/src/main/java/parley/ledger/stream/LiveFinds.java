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
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import parley.contract.LogPosition;
import parley.ledger.changes.ChangeView;
import parley.ledger.changes.Finds;
import parley.ledger.changes.Finds.Found;
import parley.ledger.views.Asked;
import parley.ledger.views.PositionWatch;

/// What is found in the conflicts that somebody listens to: those who have heard as much share one
/// look.
@ApplicationScoped
class LiveFinds {
    private final Finds finds;
    private final PositionWatch watch;
    private final ObjectMapper json;
    private final Map<Heard, Uni<Read>> reading = new ConcurrentHashMap<>();

    LiveFinds(Finds finds, PositionWatch watch, ObjectMapper json) {
        this.finds = finds;
        this.watch = watch;
        this.json = json;
    }

    /// What was looked at.
    ///
    /// @param asked where the books stood
    /// @param position how far they were looked at
    /// @param text what is told, in JSON, if that is anything
    record Read(Asked asked, LogPosition position, boolean isAll, Optional<String> text) {}

    private record Heard(String conflict, LogPosition position) {}

    private record Event(
            String conflict, String position, boolean missed, List<ChangeView> items) {}

    Uni<Read> since(String conflict, LogPosition position) {
        return reading.computeIfAbsent(
                new Heard(conflict, position),
                heard ->
                        Uni.createFrom()
                                .item(() -> read(conflict, position))
                                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                                .onTermination()
                                .invoke(() -> reading.remove(heard))
                                .memoize()
                                .indefinitely());
    }

    private Read read(String conflict, LogPosition position) {
        Asked asked = Objects.requireNonNull(watch.asked(), "The books are seen before the start");
        Found found = finds.since(conflict, position);
        boolean isSilent = found.items().isEmpty() && !found.missed();
        return new Read(
                asked.at(found.position()),
                found.position(),
                found.isAll(),
                isSilent ? Optional.empty() : Optional.of(text(found)));
    }

    private String text(Found found) {
        try {
            return json.writeValueAsString(
                    new Event(
                            found.conflict(),
                            found.position().toString(),
                            found.missed(),
                            found.items()));
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
