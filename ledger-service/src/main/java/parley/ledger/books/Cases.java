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
import parley.contract.LedgerEvent.ConflictDefined;
import parley.contract.LedgerEvent.ExchangeMerged;
import parley.ledger.fold.Definitions;
import parley.ledger.fold.LoggedEvent;

/// The cases that new events touch, whole, and the definitions by which they are folded.
///
/// @param byId the cases, in one order
/// @param before the definitions as the books hold them
/// @param after the same with the new events
record Cases(Map<String, Case> byId, Definitions before, Definitions after) {

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

    /// Ties together what the new events tie together, and gathers what belongs to them.
    static Cases gather(Connection connection, Collection<LoggedEvent> added) throws SQLException {
        Set<String> subjects = new TreeSet<>();
        Set<String> defined = new HashSet<>();
        for (LoggedEvent event : added) {
            subjects.add(event.envelope().subject());
            subjects.addAll(references(event.content()));
            if (event.content() instanceof ConflictDefined) {
                defined.add(event.envelope().subject());
            }
        }
        subjects.addAll(EventTable.awaiting(connection, defined));
        TieTable ties = TieTable.load(connection, subjects);
        for (LoggedEvent event : added) {
            for (String other : references(event.content())) {
                ties.tie(event.envelope().subject(), other);
            }
        }
        ties.save(connection);

        Set<String> members = new TreeSet<>();
        subjects.forEach(subject -> members.addAll(ties.membersOf(ties.caseOf(subject))));
        Map<String, Case> byId = new TreeMap<>();
        for (LoggedEvent event : EventTable.about(connection, members)) {
            caseOf(event, ties, byId).held.add(event);
        }
        for (LoggedEvent event : added) {
            caseOf(event, ties, byId).added.add(event);
        }
        Definitions before = Definitions.of(EventTable.definitions(connection));
        Definitions after = before;
        for (String conflict : defined) {
            after =
                    after.with(
                            conflict, byId.getOrDefault(ties.caseOf(conflict), new Case()).all());
        }
        return new Cases(byId, before, after);
    }

    private static Case caseOf(LoggedEvent event, TieTable ties, Map<String, Case> byId) {
        return byId.computeIfAbsent(ties.caseOf(event.envelope().subject()), _ -> new Case());
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
