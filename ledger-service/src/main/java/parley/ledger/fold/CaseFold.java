package parley.ledger.fold;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import parley.contract.Statement;
import parley.ledger.fold.Definitions.Validity;
import parley.ledger.fold.Outcome.Rejected;

/// What a case amounts to: a pure function of the set of its events.
///
/// What is held at a moment is the replay, in the order of the log, of all that the log held at
/// that moment; its history is how that changes from moment to moment. So the order of reading
/// does not matter, and what was known at a moment never changes afterwards.
public final class CaseFold {
    private final List<LoggedEvent> events;
    private final Map<Coordinates, Validity> validities = new HashMap<>();
    private final Timeline<Entry.Key, Entry> entries = new Timeline<>();
    private final Timeline<Edition.Key, Edition> editions = new Timeline<>();
    private Map<Coordinates, Outcome> outcomes = Map.of();

    private CaseFold(Collection<LoggedEvent> events, Definitions definitions) {
        this.events = events.stream().sorted(LoggedEvent.LOG_ORDER).toList();
        for (LoggedEvent event : this.events) {
            Statement statement = event.content().statement();
            validities.put(
                    event.at(),
                    statement == null ? Validity.ALWAYS : definitions.validity(statement));
        }
    }

    /// Folds the events of a case, in any order, each of them once.
    public static Folded fold(Collection<LoggedEvent> events, Definitions definitions) {
        if (events.isEmpty()) {
            return Folded.NOTHING;
        }
        var fold = new CaseFold(events, definitions);
        fold.run();
        return new Folded(fold.entries.history(), fold.editions.history(), fold.outcomes);
    }

    /// A definition that comes after what it makes valid turns the whole case, so the case is
    /// replayed for each such turn. There is hardly ever one.
    private void run() {
        var turns = new TreeSet<Instant>();
        turns.add(Instant.MIN);
        for (LoggedEvent event : events) {
            if (validities.get(event.at()) instanceof Validity.Since(Instant from)
                    && from.isAfter(event.recordedAt())) {
                turns.add(from);
            }
        }
        for (Instant turn : turns) {
            replay(turn, turns.higher(turn));
        }
    }

    private void replay(Instant from, @Nullable Instant until) {
        var replay = new Replay(event -> refusal(event, from));
        NavigableMap<Instant, List<LoggedEvent>> moments = moments();
        moments.putIfAbsent(from, List.of());
        if (until != null) {
            moments = moments.headMap(until, false);
        }
        moments.forEach(
                (moment, said) -> {
                    said.forEach(replay::apply);
                    if (moment.equals(from)) {
                        replay.touchAll();
                    }
                    if (!moment.isBefore(from)) {
                        note(replay, moment);
                    }
                });
        outcomes = replay.outcomes();
    }

    private NavigableMap<Instant, List<LoggedEvent>> moments() {
        var moments = new TreeMap<Instant, List<LoggedEvent>>();
        for (LoggedEvent event : events) {
            moments.computeIfAbsent(event.recordedAt(), _ -> new ArrayList<>()).add(event);
        }
        return moments;
    }

    private void note(Replay replay, Instant moment) {
        replay.takeChangedEditions().forEach((key, value) -> editions.set(key, value, moment));
        replay.takeChangedEntries()
                .forEach(
                        (exchange, now) -> {
                            var gone = new HashSet<Entry.Key>();
                            for (Entry.Key key : entries.keys()) {
                                if (key.exchange().equals(exchange)) {
                                    gone.add(key);
                                }
                            }
                            for (Entry entry : now) {
                                gone.remove(entry.key());
                                entries.set(entry.key(), entry, moment);
                            }
                            gone.forEach(key -> entries.set(key, null, moment));
                        });
    }

    private @Nullable Rejected refusal(LoggedEvent event, Instant turn) {
        return switch (validities.get(event.at())) {
            case Validity.Since(Instant from)
                    when from.isAfter(turn) && from.isAfter(event.recordedAt()) ->
                    new Rejected("Its conflict is defined later on the log.", null);
            case Validity.Never(String reason, String conflict) -> new Rejected(reason, conflict);
            case null, default -> null;
        };
    }
}
