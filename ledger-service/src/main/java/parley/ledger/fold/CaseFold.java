package parley.ledger.fold;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
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
    private final Timeline<Coordinates, Judged> judged = new Timeline<>();
    private final Timeline<Entry.Key, Entry> entries = new Timeline<>();
    private final Timeline<Edition.Key, Edition> editions = new Timeline<>();
    private final Map<String, Set<Entry.Key>> keys = new HashMap<>(); // held now, by exchange

    private CaseFold(Collection<LoggedEvent> events, Definitions definitions) {
        this.events = events.stream().sorted(LoggedEvent.LOG_ORDER).toList();
        for (LoggedEvent event : this.events) {
            Statement statement = event.content().statement();
            validities.put(
                    event.at(),
                    statement == null
                            ? Validity.ALWAYS
                            : definitions.validity(statement, event.recordedAt()));
        }
    }

    /// Folds the events of a case, in any order, each of them once.
    public static Folded fold(Collection<LoggedEvent> events, Definitions definitions) {
        if (events.isEmpty()) {
            return Folded.NOTHING;
        }
        var fold = new CaseFold(events, definitions);
        fold.run();
        return new Folded(fold.entries.history(), fold.editions.history(), fold.judged.history());
    }

    /// A definition that comes after what it makes valid, or refuses for another reason, turns the
    /// whole case, so the case is replayed for each such turn. There is hardly ever one.
    private void run() {
        var turns = new TreeSet<Instant>();
        turns.add(Instant.MIN);
        for (LoggedEvent event : events) {
            turns.addAll(validity(event).turnsAfter(event.recordedAt()));
        }
        for (Instant turn : turns) {
            replay(turn, turns.higher(turn));
        }
    }

    /// Notes nothing before `from`, and there all that has changed until then.
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
                    if (!moment.isBefore(from)) {
                        replay.takeJudged().forEach(it -> judged.set(it.at(), it, moment));
                        note(replay.standings(), moment);
                    }
                });
    }

    private NavigableMap<Instant, List<LoggedEvent>> moments() {
        var moments = new TreeMap<Instant, List<LoggedEvent>>();
        for (LoggedEvent event : events) {
            moments.computeIfAbsent(event.recordedAt(), _ -> new ArrayList<>()).add(event);
        }
        return moments;
    }

    private void note(Standings standings, Instant moment) {
        standings.takeChangedEditions().forEach((key, value) -> editions.set(key, value, moment));
        standings
                .takeChangedEntries()
                .forEach(
                        (exchange, now) -> {
                            var gone = keys.getOrDefault(exchange, Set.of());
                            var held = new LinkedHashSet<Entry.Key>();
                            for (Entry entry : now) {
                                held.add(entry.key());
                                entries.set(entry.key(), entry, moment);
                            }
                            gone.stream()
                                    .filter(key -> !held.contains(key))
                                    .forEach(key -> entries.set(key, null, moment));
                            keys.put(exchange, held);
                        });
    }

    private @Nullable Rejected refusal(LoggedEvent event, Instant turn) {
        Instant recordedAt = event.recordedAt();
        return validity(event).refusalAt(turn.isAfter(recordedAt) ? turn : recordedAt);
    }

    private Validity validity(LoggedEvent event) {
        return Objects.requireNonNull(validities.get(event.at()));
    }
}
