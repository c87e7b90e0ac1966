package parley.ledger.books;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import parley.contract.Claim;
import parley.contract.Envelope;
import parley.contract.LedgerEvent;
import parley.contract.LedgerEvent.ExchangeMerged;
import parley.contract.Topic;
import parley.ledger.fold.CaseFold;
import parley.ledger.fold.LoggedEvent;

/// Gathers cases: whom the books tie together, what they hold of them, and what is new.
final class Cases {
    private final Connection connection;
    private final CaseCache cache;
    private final Set<String> gathered = new HashSet<>();
    private final Set<String> united = new HashSet<>();

    Cases(Connection connection, CaseCache cache) {
        this.connection = connection;
        this.cache = cache;
    }

    /// A case.
    ///
    /// @param id a subject: what is not tied to it is not of the case
    /// @param added the events that are new
    /// @param told where it is remembered: the events so far about claims of which some are new
    record Case(String id, List<LoggedEvent> added, List<LoggedEvent> told) {
        private Case(String id) {
            this(id, new ArrayList<>(), new ArrayList<>());
        }
    }

    /// The cases that new events touch; what the events tie together is tied together first.
    Collection<Case> touchedBy(Collection<LoggedEvent> added) throws SQLException {
        Set<String> subjects = new HashSet<>();
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
        ties.save();
        return gather(subjects, added, ties);
    }

    /// The cases of those subjects, as the books hold them, but for those gathered before.
    Collection<Case> of(Collection<String> subjects) throws SQLException {
        return gather(subjects, List.of(), TieTable.load(connection, subjects));
    }

    /// The events that the books hold of those cases.
    HeldEvents held(List<Case> cases) throws SQLException {
        return HeldEvents.read(connection, cases.stream().map(Case::id).toList());
    }

    /// The cases that have become one with others.
    Set<String> united() {
        return united;
    }

    /// What the books hold of a case folded, where that is remembered.
    @Nullable CaseFold remembered(Case one) {
        return cache.get(one.id);
    }

    void forget(Case one) {
        cache.forget(Set.of(one.id));
    }

    private Collection<Case> gather(
            Collection<String> subjects, Collection<LoggedEvent> added, TieTable ties)
            throws SQLException {
        Map<String, Case> byId = new HashMap<>();
        for (String subject : subjects) {
            String caseId = ties.caseOf(subject);
            if (gathered.add(caseId)) {
                byId.put(caseId, new Case(caseId));
            }
        }
        united.addAll(ties.united());
        cache.forget(united);
        Set<String> remembered =
                byId.keySet().stream()
                        .filter(caseId -> cache.get(caseId) != null)
                        .collect(Collectors.toSet());
        cache.forget(joinedByHeld(remembered, ties));
        cache.forget(toldAgain(remembered, added, ties));
        for (LoggedEvent event : added) {
            String caseId = ties.caseOf(event.envelope().subject());
            requireNonNull(byId.get(caseId)).added.add(event);
        }
        for (LoggedEvent event : EventTable.about(connection, claimed(added, ties))) {
            requireNonNull(byId.get(ties.caseOf(event.envelope().subject()))).told.add(event);
        }
        return byId.values();
    }

    /// The claims of remembered cases about which there may be events both new and held. What the
    /// held ones say is set aside.
    private Set<String> claimed(Collection<LoggedEvent> added, TieTable ties) {
        return added.stream()
                .filter(Cases::isOfClaim)
                .map(it -> it.envelope().subject())
                .filter(it -> cache.get(ties.caseOf(it)) != null)
                .filter(it -> !isJoining(it, ties))
                .collect(Collectors.toSet());
    }

    /// Whether a subject comes to a case that it was not of. What a case is named after is of it
    /// before it is tied to anything.
    private static boolean isJoining(String subject, TieTable ties) {
        String caseId = ties.caseOf(subject);
        return !subject.equals(caseId) && ties.joined(caseId).contains(subject);
    }

    private static boolean isOfClaim(LoggedEvent event) {
        return event.at().topic() == Topic.CLAIM_EVENTS;
    }

    /// The remembered cases that a subject has joined with events which the books hold: they are
    /// not remembered whole.
    private Set<String> joinedByHeld(Set<String> remembered, TieTable ties) throws SQLException {
        Map<String, String> joined = new HashMap<>();
        for (String caseId : remembered) {
            for (String subject : ties.joined(caseId)) {
                if (isJoining(subject, ties)) {
                    joined.put(subject, caseId);
                }
            }
        }
        return EventTable.spokenOf(connection, joined.keySet()).stream()
                .map(subject -> requireNonNull(joined.get(subject)))
                .collect(Collectors.toSet());
    }

    /// The remembered cases of which an event, of no claim, may have been told already: that is not
    /// remembered.
    private Set<String> toldAgain(
            Set<String> remembered, Collection<LoggedEvent> added, TieTable ties)
            throws SQLException {
        List<Envelope> told =
                added.stream()
                        .filter(it -> !isOfClaim(it))
                        .map(LoggedEvent::envelope)
                        .filter(it -> remembered.contains(ties.caseOf(it.subject())))
                        .toList();
        return EventTable.toldBefore(connection, told).stream()
                .map(ties::caseOf)
                .collect(Collectors.toSet());
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
