package parley.ledger.fold;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import parley.contract.Agreement;
import parley.contract.Assertion.Count;
import parley.contract.Assertion.Misidentified;
import parley.contract.Assertion.Total;
import parley.contract.Claim;
import parley.contract.Commitment;
import parley.contract.Conflict;
import parley.contract.Exchange;
import parley.contract.LedgerEvent.ConflictDefined;
import parley.contract.Party;
import parley.contract.Role;
import parley.contract.Statement;
import parley.contract.Transfer;

/// The definitions of conflicts that the log holds, and since when.
///
/// A party, once defined, is known for good: a later definition may add to a conflict but makes
/// nothing invalid that was valid.
public final class Definitions {
    /// No conflict is defined.
    public static final Definitions NONE = new Definitions(Map.of());

    private final Map<String, List<Definition>> byConflict;

    private Definitions(Map<String, List<Definition>> byConflict) {
        this.byConflict = byConflict;
    }

    private record Definition(Instant from, Conflict conflict) {}

    /// Those that the events make, among whatever else they say.
    public static Definitions of(Collection<LoggedEvent> events) {
        Map<String, List<LoggedEvent>> bySubject =
                events.stream().collect(Collectors.groupingBy(it -> it.envelope().subject()));
        Definitions definitions = NONE;
        for (var subject : bySubject.entrySet()) {
            definitions = definitions.with(subject.getKey(), subject.getValue());
        }
        return definitions;
    }

    /// These, with the definitions that the events make of a conflict in place of those it had.
    public Definitions with(String conflict, Collection<LoggedEvent> events) {
        List<LoggedEvent> defining =
                events.stream()
                        .filter(event -> event.content() instanceof ConflictDefined)
                        .filter(event -> event.envelope().subject().equals(conflict))
                        .sorted(LoggedEvent.LOG_ORDER)
                        .toList();
        Map<Coordinates, Outcome> outcomes = CaseFold.fold(defining, NONE).outcomes();
        var definitions = new ArrayList<Definition>();
        for (LoggedEvent event : defining) {
            if (outcomes.get(event.at()) instanceof Outcome.Applied
                    && event.content() instanceof ConflictDefined(Conflict parties)) {
                definitions.add(new Definition(event.recordedAt(), parties));
            }
        }
        var replaced = new HashMap<>(byConflict);
        replaced.put(conflict, List.copyOf(definitions));
        return new Definitions(replaced);
    }

    /// Whether the statement fits its conflict, and since when.
    Validity validity(Statement statement) {
        return switch (statement) {
            case Conflict _ -> Validity.ALWAYS;
            case Exchange exchange -> validity(exchange.conflict(), pairs(exchange));
            case Agreement agreement -> validity(agreement.conflict(), pairs(agreement));
            case Claim claim -> validity(claim.conflict(), pairs(claim));
        };
    }

    private Validity validity(String conflict, Set<Pair> pairs) {
        var parties = new HashMap<String, Boolean>();
        for (Definition definition : byConflict.getOrDefault(conflict, List.of())) {
            for (Party party : definition.conflict().parties()) {
                parties.merge(party.party(), party.role() == Role.SIDE, Boolean::logicalOr);
            }
            if (pairs.stream().allMatch(pair -> pair.fits(parties))) {
                return new Validity.Since(definition.from());
            }
        }
        return new Validity.Never(refusal(conflict, pairs, parties), conflict);
    }

    private String refusal(String conflict, Set<Pair> pairs, Map<String, Boolean> parties) {
        if (byConflict.getOrDefault(conflict, List.of()).isEmpty()) {
            return "The conflict `" + conflict + "` is not defined.";
        }
        var wrong = new ArrayList<String>();
        for (Pair pair : pairs) {
            for (String party : List.of(pair.from, pair.to)) {
                if (!parties.containsKey(party)) {
                    wrong.add("`" + party + "` is not a party of `" + conflict + "`.");
                }
            }
            if (parties.containsKey(pair.from) && !pair.fits(parties) && wrong.isEmpty()) {
                wrong.add("Neither `" + pair.from + "` nor `" + pair.to + "` is a side.");
            }
        }
        return String.join(" ", wrong.stream().distinct().sorted().toList());
    }

    private static Set<Pair> pairs(Exchange exchange) {
        var pairs = new HashSet<Pair>();
        for (Transfer transfer : exchange.transfers()) {
            pairs.add(new Pair(transfer.from(), transfer.to()));
        }
        return pairs;
    }

    private static Set<Pair> pairs(Agreement agreement) {
        var pairs = new HashSet<Pair>();
        for (Commitment commitment : agreement.commitments()) {
            pairs.add(new Pair(commitment.from(), commitment.to()));
        }
        return pairs;
    }

    private static Set<Pair> pairs(Claim claim) {
        return switch (claim.assertion()) {
            case Count count -> Set.of(new Pair(count.from(), count.to()));
            case Misidentified some -> Set.of(new Pair(some.from(), some.to()));
            case Total total when total.from() != null && total.to() != null ->
                    Set.of(new Pair(total.from(), total.to()));
            default -> Set.of();
        };
    }

    private record Pair(String from, String to) {
        boolean fits(Map<String, Boolean> sides) {
            return sides.containsKey(from)
                    && sides.containsKey(to)
                    && (sides.get(from) || sides.get(to));
        }
    }

    /// Whether, and from when on, a statement fits the definitions.
    sealed interface Validity {
        Validity ALWAYS = new Since(Instant.MIN);

        record Since(Instant from) implements Validity {}

        record Never(String reason, String conflict) implements Validity {}
    }
}
