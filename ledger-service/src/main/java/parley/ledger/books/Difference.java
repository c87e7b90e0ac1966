package parley.ledger.books;

import java.sql.Connection;
import java.sql.SQLException;
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
import org.jspecify.annotations.Nullable;
import parley.ledger.books.CaseCache.Kept;
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
/// One case after the other is read, folded and let go of: a batch may touch more than there is
/// memory for.
final class Difference {
    private final Definitions before;
    private final Definitions after;
    private final Set<Coordinates> read = new HashSet<>();
    private final Changes<Judged> judged = new Changes<>(Judged::at);
    private final Changes<Entry> entries =
            new Changes<>(entry -> List.of(entry.exchange(), entry.direction()));
    private final Changes<Edition> editions =
            new Changes<>(edition -> List.of(edition.kind(), edition.subject()));
    private final AccountTable accounts = new AccountTable();
    private final Map<String, Kept> written = new HashMap<>();

    /// Takes the definitions as the books hold them, and as they are with the new events.
    Difference(Definitions before, Definitions after) {
        this.before = before;
        this.after = after;
    }

    /// Adds cases. Those that are remembered folded go on from there; of the others the events are
    /// read.
    void add(Collection<Case> some, Cases cases) throws SQLException {
        List<Case> toBeRead = some.stream().filter(one -> !goesOn(one, one.fold())).toList();
        foldAnew(before == after ? thatDoNotGoOn(toBeRead, cases) : toBeRead, cases);
    }

    private List<Case> thatDoNotGoOn(List<Case> some, Cases cases) throws SQLException {
        var remaining = new ArrayList<Case>();
        try (HeldEvents held = cases.held(some)) {
            for (int place = 0; place < some.size(); place++) {
                Case one = some.get(place);
                if (!goesOn(one, folded(held, place))) {
                    remaining.add(one);
                }
            }
        }
        return remaining;
    }

    /// What the books hold of a case; null where it cannot be folded as it is read.
    private @Nullable CaseFold folded(HeldEvents held, int place) throws SQLException {
        var fold = CaseFold.of(held.next(place), before);
        fold.step(); // The books hold it.
        for (var more = held.next(place); !more.isEmpty(); more = held.next(place)) {
            fold.layBy();
            if (!fold.goOn(more, before)) {
                return null;
            }
            fold.step();
        }
        return fold;
    }

    private boolean goesOn(Case one, @Nullable CaseFold fold) {
        if (fold == null || before != after || !fold.goOn(one.added(), after)) {
            return false;
        }
        note(one, fold, fold.step());
        return true;
    }

    private void foldAnew(List<Case> some, Cases cases) throws SQLException {
        try (HeldEvents held = cases.held(some)) {
            for (int place = 0; place < some.size(); place++) {
                Case one = some.get(place);
                List<LoggedEvent> events = held.all(place);
                Folded was = CaseFold.fold(events, before);
                events.addAll(one.added());
                var fold = CaseFold.of(events, after);
                note(one, fold, new Step(was, fold.step().is()));
            }
        }
    }

    private void note(Case one, CaseFold fold, Step step) {
        note(step);
        if (CaseCache.isLarge(fold)) {
            written.put(one.id(), new Kept(one.members(), fold));
        }
        one.added().forEach(event -> read.add(event.at()));
    }

    private void note(Step step) {
        Folded was = step.was();
        Folded is = step.is();
        entries.compare(was.entries(), is.entries());
        editions.compare(was.editions(), is.editions());
        accounts.post(was.entries(), is.entries());
        judged.compare(was.judged(), is.judged());
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
    Map<String, Kept> written() {
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
