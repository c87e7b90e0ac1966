package parley.ledger.books;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parley.ledger.books.Cases.Case;
import parley.ledger.fold.CaseFold;
import parley.ledger.fold.CaseFold.Step;
import parley.ledger.fold.Coordinates;
import parley.ledger.fold.Definitions;
import parley.ledger.fold.Edition;
import parley.ledger.fold.Entry;
import parley.ledger.fold.Folded;
import parley.ledger.fold.Judged;
import parley.ledger.fold.Known;
import parley.ledger.fold.LoggedEvent;

/// What the books must be told of some cases.
///
/// The fold is pure, so to fold what the books hold of a case gives the very lines that stand,
/// unread; where the new events come after it, they are folded on from there, and where they do
/// not, the whole is folded again. The difference is what is written.
///
/// One case after the other is read, folded and let go of, a part of it at a time: a batch, and
/// even one case, may have more events than there is memory for.
final class Difference {
    private final Definitions before;
    private final Definitions after;
    private final CaseCache cache;
    private final Set<Coordinates> read = new HashSet<>();
    private final Changes<Judged> judged = new Changes<>(Judged::at);
    private final Changes<Entry> entries =
            new Changes<>(entry -> List.of(entry.exchange(), entry.direction()));
    private final Changes<Edition> editions =
            new Changes<>(edition -> List.of(edition.kind(), edition.subject()));
    private final AccountTable accounts = new AccountTable();
    private final Map<String, CaseFold> written = new HashMap<>();

    /// Takes the definitions as the books hold them, and as they are with the new events.
    /// @param cache knows which cases are to be remembered
    Difference(Definitions before, Definitions after, CaseCache cache) {
        this.before = before;
        this.after = after;
        this.cache = cache;
    }

    /// Adds cases. Those that are remembered folded go on from there; of the others the events are
    /// read.
    void add(Collection<Case> some, Cases cases) throws SQLException {
        List<Case> toBeRead = some.stream().filter(one -> !goesOn(one, cases)).toList();
        if (before == after) {
            toBeRead = remaining(toBeRead, cases, this::readAndGoesOn);
        }
        for (Case one : remaining(toBeRead, cases, this::foldsSideBySide)) {
            foldAtOnce(one, cases);
        }
    }

    private interface Attempt {
        boolean succeeds(Case one, HeldEvents held, int place) throws SQLException;
    }

    private static List<Case> remaining(List<Case> some, Cases cases, Attempt attempt)
            throws SQLException {
        var remaining = new ArrayList<Case>();
        if (some.isEmpty()) {
            return remaining;
        }
        try (HeldEvents held = cases.held(some)) {
            for (int place = 0; place < some.size(); place++) {
                if (!attempt.succeeds(some.get(place), held, place)) {
                    remaining.add(some.get(place));
                }
            }
        }
        return remaining;
    }

    private boolean goesOn(Case one, Cases cases) {
        CaseFold fold = cases.remembered(one);
        if (fold == null) {
            return false;
        }
        if (before == after && fold.recall(one.told(), before) && goesOn(one, fold)) {
            return true;
        }
        cases.forget(one); // It is half-way, and there may not be memory for it twice.
        return false;
    }

    private boolean readAndGoesOn(Case one, HeldEvents held, int place) throws SQLException {
        CaseFold fold = held.fold(place, before, _ -> {}); // The books hold it.
        return fold != null && goesOn(one, fold);
    }

    private boolean goesOn(Case one, CaseFold fold) {
        if (!fold.goOn(one.added(), after)) {
            return false;
        }
        enter(fold.step());
        note(one, fold);
        return true;
    }

    /// Folds a case twice as it is read: as it was, and with what is new in its place.
    private boolean foldsSideBySide(Case one, HeldEvents held, int place) throws SQLException {
        var apart = new Difference(before, after, cache);
        var added = new ArrayDeque<>(one.added().stream().sorted(LoggedEvent.LOG_ORDER).toList());
        var was = new CaseFold();
        var is = new CaseFold();
        do {
            List<LoggedEvent> some = held.next(place);
            Instant until = held.hasNext(place) ? some.getLast().recordedAt() : Instant.MAX;
            var with = new ArrayList<>(some);
            while (!added.isEmpty() && !added.getFirst().recordedAt().isAfter(until)) {
                with.add(added.removeFirst());
            }
            was.layBy();
            is.layBy();
            if (!was.goOn(some, before) || !is.goOn(with, after)) {
                return false;
            }
            apart.hold(was.step());
            apart.enter(is.step());
        } while (held.hasNext(place));
        enter(apart);
        note(one, is);
        return true;
    }

    private void foldAtOnce(Case one, Cases cases) throws SQLException {
        try (HeldEvents held = cases.held(List.of(one))) {
            List<LoggedEvent> events = held.all(0);
            hold(CaseFold.of(events, before).step());
            events.addAll(one.added());
            var fold = CaseFold.of(events, after);
            enter(fold.step());
            note(one, fold);
        }
    }

    private void note(Case one, CaseFold fold) {
        if (cache.isLarge(fold)) {
            fold.setAside();
            if (fold.bytes() > 0) {
                written.put(one.id(), fold);
            }
        }
        one.added().forEach(event -> read.add(event.at()));
    }

    /// Enters what the events amount to now.
    private void enter(Step step) {
        Folded was = step.was();
        Folded is = step.is();
        entries.enter(was.entries(), is.entries());
        editions.enter(was.editions(), is.editions());
        accounts.post(was.entries(), is.entries());
        judged.enter(was.judged(), is.judged());
    }

    /// Enters what the books hold.
    private void hold(Step step) {
        Folded was = step.was();
        Folded is = step.is();
        entries.hold(was.entries(), is.entries());
        editions.hold(was.editions(), is.editions());
        accounts.post(is.entries(), was.entries());
        judged.hold(was.judged(), is.judged());
    }

    private void enter(Difference other) {
        entries.enter(other.entries);
        editions.enter(other.editions);
        accounts.post(other.accounts);
        judged.enter(other.judged);
    }

    /// What became of the new events, and since when.
    Map<Coordinates, Known<Judged>> outcomes() {
        return current()
                .filter(known -> read.contains(known.value().at()))
                .collect(Collectors.toMap(known -> known.value().at(), Function.identity()));
    }

    /// What has become to this day of the events of which that, or its beginning, has changed.
    private Stream<Known<Judged>> current() {
        return Stream.concat(judged.added().stream(), judged.ended().stream())
                .filter(Known::isCurrent);
    }

    /// The large cases as the books hold them once this is saved.
    Map<String, CaseFold> written() {
        return written;
    }

    void save(Connection connection) throws SQLException {
        EventTable.update(
                connection, current().filter(known -> !read.contains(known.value().at())).toList());
        FormerOutcomeTable.write(connection, judged);
        EntryTable.write(connection, entries);
        EditionTable.write(connection, editions);
        accounts.save(connection);
    }
}
