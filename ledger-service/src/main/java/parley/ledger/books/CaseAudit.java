package parley.ledger.books;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import parley.ledger.books.Cases.Case;
import parley.ledger.fold.CaseFold;
import parley.ledger.fold.Definitions;

/// Holds what the books keep against the events: some cases at a time are folded again, and their
/// entries, editions and outcomes must be those that are kept.
@ApplicationScoped
public class CaseAudit {
    private final DataSource books;

    CaseAudit(DataSource books) {
        this.books = books;
    }

    /// What was found.
    ///
    /// @param last the last subject that was looked at; empty where it was the last of all
    /// @param cases how many cases were looked at
    /// @param differences a sentence each
    public record Found(String last, int cases, List<String> differences) {}

    /// Looks at the cases of the next subjects, in the transaction that is open.
    public Found next(String after, int subjectsMax) throws SQLException {
        try (Connection connection = books.getConnection()) {
            List<String> subjects = EventTable.subjects(connection, after, subjectsMax);
            var gathering = new Cases(connection, new CaseCache());
            List<Case> cases = List.copyOf(gathering.of(subjects));
            Definitions definitions = Definitions.of(EventTable.definitions(connection));
            var folded = new KeptLines();
            Set<String> members = new HashSet<>();
            try (HeldEvents held = gathering.held(cases)) {
                for (int place = 0; place < cases.size(); place++) {
                    folded.add(CaseFold.fold(held.all(place), definitions));
                    members.addAll(cases.get(place).members());
                }
            }
            KeptLines kept = KeptLines.read(connection, members);
            String last = subjects.size() < subjectsMax ? "" : subjects.getLast();
            return new Found(last, cases.size(), kept.differencesFrom(folded));
        }
    }
}
