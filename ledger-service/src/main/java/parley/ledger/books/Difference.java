package parley.ledger.books;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

/// What the books must be told of some cases.
///
/// The fold is pure, so to fold what the books hold of a case gives the very lines that stand,
/// unread; where the new events come after it, they are folded on from there, and where they do
/// not, the whole is folded again. The difference is what is written.
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

    void add(Case one) {
        CaseFold fold = one.fold() == null ? CaseFold.of(one.held(), before) : one.fold();
        Folded held = fold.step().is();
        if (before == after && fold.goOn(one.added(), after)) {
            note(fold.step());
        } else {
            Folded was = one.fold() == null ? held : CaseFold.fold(one.held(), before);
            fold = CaseFold.of(one.all(), after);
            note(new Step(was, fold.step().is()));
        }
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
