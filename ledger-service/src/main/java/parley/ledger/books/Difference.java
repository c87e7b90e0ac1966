package parley.ledger.books;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import parley.ledger.books.CaseCache.Kept;
import parley.ledger.books.Cases.Case;
import parley.ledger.fold.CaseFold;
import parley.ledger.fold.Coordinates;
import parley.ledger.fold.Definitions;
import parley.ledger.fold.Edition;
import parley.ledger.fold.Entry;
import parley.ledger.fold.Folded;
import parley.ledger.fold.LoggedEvent;
import parley.ledger.fold.Outcome;

/// What the books must be told of some cases.
///
/// Each is folded twice: as the books hold it, and with the new events. The fold is pure, so the
/// first gives the very lines that stand, unread; the difference of the two is what is written.
final class Difference {
    private final Definitions before;
    private final Definitions after;
    private final Map<Coordinates, Outcome> outcomes = new HashMap<>();
    private final Map<Coordinates, Outcome> turned = new HashMap<>();
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
        Folded was = one.was() == null ? CaseFold.fold(one.held(), before) : one.was();
        List<LoggedEvent> all = one.all();
        Folded is = CaseFold.fold(all, after);
        written.put(one.id(), new Kept(one.members(), all, is));
        entries.compare(was.entries(), is.entries());
        editions.compare(was.editions(), is.editions());
        accounts.post(was.entries(), is.entries());
        is.outcomes()
                .forEach(
                        (at, outcome) -> {
                            Outcome standing = was.outcomes().get(at);
                            if (standing == null) {
                                outcomes.put(at, outcome);
                            } else if (!standing.equals(outcome)) {
                                turned.put(at, outcome);
                            }
                        });
    }

    /// What became of the new events.
    Map<Coordinates, Outcome> outcomes() {
        return outcomes;
    }

    /// The cases as the books hold them once this is saved.
    Map<String, Kept> written() {
        return written;
    }

    void save(Connection connection) throws SQLException {
        EventTable.update(connection, turned);
        EntryTable.write(connection, entries);
        EditionTable.write(connection, editions);
        accounts.save(connection);
    }
}
