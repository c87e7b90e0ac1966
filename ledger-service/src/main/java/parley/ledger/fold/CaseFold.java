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
import java.util.stream.Collectors;
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

    /// The case of no events.
    public CaseFold() {}

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
        fold.goOn(events, definitions);
        return fold;
    }

    /// Folds on: if the definitions are those that it was folded with, all comes after what it has,
    /// none turns later, and nothing is needed that was set aside.
    ///
    /// @return whether it did; if not, it is of no further use, and the whole must be folded anew
    public boolean goOn(Collection<LoggedEvent> added, Definitions definitions) {
        List<Said> said = said(added, definitions);
        if (size == 0) {
            run(said);
            return true;
        }
        if (!isAfterAll(said) || said.stream().anyMatch(it -> !it.turns().isEmpty())) {
            return false;
        }
        try {
            replay(said, Instant.MIN, null);
            return true;
        } catch (SetAsideException needed) {
            return false;
        }
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

    /// What it keeps takes about so many bytes of memory; none where it keeps nothing.
    public long bytes() {
        return replay.standings().bytes();
    }

    /// Keeps no longer what it does not need to go on, which is most of what its events say.
    public void layBy() {
        replay.layBy();
    }

    /// Keeps only what most further events need: of each claimant the newest words about an
    /// exchange, and no names of events. So a case of which everybody speaks is no larger than one
    /// of which few do.
    ///
    /// From here on, none but claims may be told again, and before an event about a claim is folded
    /// that claim must be recalled.
    public void setAside() {
        replay.setAside();
    }

    /// Knows again of a claim what was set aside.
    ///
    /// @param events all so far that are about its subject
    /// @return whether that was possible: if not, the whole case must be folded anew
    public boolean recall(Collection<LoggedEvent> events, Definitions definitions) {
        Map<String, List<LoggedEvent>> bySubject =
                events.stream()
                        .sorted(LoggedEvent.LOG_ORDER)
                        .collect(Collectors.groupingBy(it -> it.envelope().subject()));
        try {
            bySubject.forEach(
                    (subject, own) ->
                            replay.recall(
                                    own,
                                    of(own, definitions)
                                            .replay
                                            .standings()
                                            .get(Kind.CLAIM, subject)));
            return true;
        } catch (SetAsideException needed) {
            return false;
        }
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
