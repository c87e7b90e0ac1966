package parley.ledger.fold;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
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
///
/// Events that come in the order of the log are folded on from where the case stands, at a cost
/// that does not grow with it.
public final class CaseFold {
    private final Timeline<Coordinates, Judged> judged = new Timeline<>();
    private final Timeline<Entry.Key, Entry> entries = new Timeline<>();
    private final Timeline<Edition.Key, Edition> editions = new Timeline<>();
    private final Map<String, Set<Entry.Key>> keys = new HashMap<>(); // held now, by exchange
    private Replay replay = new Replay();
    private int size;
    private Instant newest = Instant.MIN; // of its events, and of what has turned them

    private CaseFold() {}

    /// What has changed. An exchange comes whole or not at all: with all of its entries, also those
    /// that stay as they were.
    ///
    /// @param was what was held until now of what it concerns
    /// @param is what was and is held of it since
    public record Step(Folded was, Folded is) {}

    private record Said(LoggedEvent event, Validity validity) {
        static Said of(LoggedEvent event, Definitions definitions) {
            Statement statement = event.content().statement();
            return new Said(
                    event,
                    statement == null
                            ? Validity.ALWAYS
                            : definitions.validity(statement, event.recordedAt()));
        }

        Set<Instant> turns() {
            return validity.turnsAfter(event.recordedAt());
        }

        @Nullable Rejected refusal(Instant turn) {
            Instant recordedAt = event.recordedAt();
            return validity.refusalAt(turn.isAfter(recordedAt) ? turn : recordedAt);
        }
    }

    /// What the events of a case amount to: in any order, each of them once.
    public static Folded fold(Collection<LoggedEvent> events, Definitions definitions) {
        return of(events, definitions).step().is();
    }

    /// The case of those events, in any order, each of them once.
    public static CaseFold of(Collection<LoggedEvent> events, Definitions definitions) {
        var fold = new CaseFold();
        fold.run(said(events, definitions));
        return fold;
    }

    /// Folds on, if the definitions are those that it was folded with, and all comes after what it
    /// has: otherwise it is left as it was, to be folded anew.
    ///
    /// @return whether it did
    public boolean goOn(Collection<LoggedEvent> added, Definitions definitions) {
        List<Said> said = said(added, definitions);
        if (!isAfterAll(said) || said.stream().anyMatch(it -> !it.turns().isEmpty())) {
            return false;
        }
        replay(said, Instant.MIN, null);
        return true;
    }

    /// What the log took at one moment belongs together.
    private boolean isAfterAll(List<Said> said) {
        return said.isEmpty() || said.getFirst().event.recordedAt().isAfter(newest);
    }

    /// What has changed since the last call.
    public Step step() {
        Timeline.Step<Entry> entered = entries.step();
        Timeline.Step<Edition> edited = editions.step();
        Timeline.Step<Judged> decided = judged.step();
        judged.forget(); // Nothing is judged twice, but by folding the whole case again.
        editions.forget(); // There may be too many: what stands can tell.
        return new Step(
                new Folded(entered.was(), edited.was(), decided.was()),
                new Folded(entered.is(), edited.is(), decided.is()));
    }

    /// How many events it has.
    public int size() {
        return size;
    }

    /// How many exchanges, agreements, claims and conflicts it has.
    public int statements() {
        return replay.standings().size();
    }

    /// Keeps no longer what it does not need to go on, which is most of what its events say.
    public void layBy() {
        replay.layBy();
    }

    /// Keeps not even what tells whether an event is sent again: no event may come that was.
    public void forgetNames() {
        replay.forget();
    }

    private static List<Said> said(Collection<LoggedEvent> events, Definitions definitions) {
        return events.stream()
                .sorted(LoggedEvent.LOG_ORDER)
                .map(event -> Said.of(event, definitions))
                .toList();
    }

    /// A definition that comes after what it makes valid, or refuses for another reason, turns the
    /// whole case, so the case is replayed for each such turn. There is hardly ever one.
    private void run(List<Said> said) {
        var turns = new TreeSet<Instant>();
        turns.add(Instant.MIN);
        said.forEach(it -> turns.addAll(it.turns()));
        for (Instant turn : turns) {
            replay = new Replay();
            size = 0;
            replay(said, turn, turns.higher(turn));
        }
        newest = turns.last().isAfter(newest) ? turns.last() : newest;
    }

    /// Notes nothing before `from`, and there all that has changed until then.
    private void replay(List<Said> said, Instant from, @Nullable Instant until) {
        NavigableMap<Instant, List<Said>> moments = moments(said);
        moments.putIfAbsent(from, List.of());
        if (until != null) {
            moments = moments.headMap(until, false);
        }
        moments.forEach(
                (moment, together) -> {
                    together.forEach(it -> replay.apply(it.event, it.refusal(from)));
                    if (!moment.isBefore(from)) {
                        replay.takeJudged().forEach(it -> judged.set(it.at(), it, moment));
                        note(replay.standings(), moment);
                    }
                });
        size += said.size();
        if (!said.isEmpty()) {
            newest = said.getLast().event.recordedAt();
        }
    }

    private static NavigableMap<Instant, List<Said>> moments(List<Said> said) {
        var moments = new TreeMap<Instant, List<Said>>();
        for (Said one : said) {
            moments.computeIfAbsent(one.event.recordedAt(), _ -> new ArrayList<>()).add(one);
        }
        return moments;
    }

    private void note(Standings standings, Instant moment) {
        standings
                .takeChanged()
                .forEach(
                        (standing, before) -> {
                            Edition.Key key = standing.key();
                            before.ifPresent(held -> editions.recall(key, held));
                            editions.set(key, standings.edition(standing), moment);
                            standing.since = editions.since(key);
                        });
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
}
