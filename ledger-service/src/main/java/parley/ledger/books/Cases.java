package parley.ledger.books;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import parley.contract.Claim;
import parley.contract.LedgerEvent;
import parley.contract.LedgerEvent.ExchangeMerged;
import parley.ledger.fold.LoggedEvent;

/// Gathers cases whole: what the books hold of them, and what is new.
final class Cases {
    private final Connection connection;
    private final Set<String> gathered = new HashSet<>();

    Cases(Connection connection) {
        this.connection = connection;
    }

    /// A case.
    ///
    /// @param held the events that the books hold
    /// @param added the events that are new
    record Case(List<LoggedEvent> held, List<LoggedEvent> added) {
        private Case() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        List<LoggedEvent> all() {
            var all = new ArrayList<>(held);
            all.addAll(added);
            return all;
        }
    }

    /// The cases that new events touch; what the events tie together is tied together first.
    Collection<Case> touchedBy(Collection<LoggedEvent> added) throws SQLException {
        Set<String> subjects = new TreeSet<>();
        for (LoggedEvent event : added) {
            subjects.add(event.envelope().subject());
            subjects.addAll(references(event.content()));
        }
        TieTable ties = TieTable.load(connection, subjects);
        for (LoggedEvent event : added) {
            for (String other : references(event.content())) {
                ties.tie(event.envelope().subject(), other);
            }
        }
        ties.save(connection);
        return gather(subjects, added, ties);
    }

    /// The cases of those subjects, as the books hold them, but for those gathered before.
    Collection<Case> of(Collection<String> subjects) throws SQLException {
        return gather(subjects, List.of(), TieTable.load(connection, subjects));
    }

    private Collection<Case> gather(
            Collection<String> subjects, Collection<LoggedEvent> added, TieTable ties)
            throws SQLException {
        Map<String, Case> byId = new TreeMap<>();
        Set<String> members = new TreeSet<>();
        for (String subject : subjects) {
            String caseId = ties.caseOf(subject);
            if (gathered.add(caseId)) {
                byId.put(caseId, new Case());
                members.addAll(ties.membersOf(caseId));
            }
        }
        for (LoggedEvent event : EventTable.about(connection, members)) {
            byId.computeIfAbsent(ties.caseOf(event.envelope().subject()), _ -> new Case())
                    .held
                    .add(event);
        }
        for (LoggedEvent event : added) {
            byId.computeIfAbsent(ties.caseOf(event.envelope().subject()), _ -> new Case())
                    .added
                    .add(event);
        }
        return byId.values();
    }

    /// What belongs together with the subject of an event, though it is keyed apart.
    private static List<String> references(LedgerEvent event) {
        if (event instanceof ExchangeMerged(String into, _)) {
            return List.of(into);
        }
        return event.statement() instanceof Claim claim && claim.about().exchange() != null
                ? List.of(claim.about().exchange())
                : List.of();
    }
}
