package parley.ledger.fold;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
import parley.ledger.fold.Outcome.Rejected;

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

    /// One definition, and when the log took it.
    public record Definition(Instant from, Conflict conflict) {}

    /// Those that the events make, among whatever else they say.
    public static Definitions of(Collection<LoggedEvent> events) {
        Map<String, List<LoggedEvent>> bySubject =
                events.stream().collect(Collectors.groupingBy(it -> it.envelope().subject()));
        Definitions definitions = NONE;
        for (var subject : bySubject.entrySet()) {
            definitions = definitions.redefined(subject.getKey(), subject.getValue());
        }
        return definitions;
    }

    /// These, with the definitions that the events make of a conflict in place of those it had.
    public Definitions redefined(String conflict, Collection<LoggedEvent> events) {
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
        return with(conflict, definitions);
    }

    /// These, with a conflict's definitions in place of those it had.
    public Definitions with(String conflict, List<Definition> definitions) {
        var replaced = new HashMap<>(byConflict);
        replaced.put(
                conflict,
                definitions.stream().sorted(Comparator.comparing(Definition::from)).toList());
        return new Definitions(replaced);
    }

    /// Whether a statement that the log took at that moment fits its conflict, and since when.
    Validity validity(Statement statement, Instant recordedAt) {
        return switch (statement) {
            case Conflict _ -> Validity.ALWAYS;
            case Exchange it -> validity(it.conflict(), pairs(it), recordedAt);
            case Agreement it -> validity(it.conflict(), pairs(it), recordedAt);
            case Claim it -> validity(it.conflict(), pairs(it), recordedAt);
        };
    }

    private Validity validity(String conflict, Set<Pair> pairs, Instant recordedAt) {
        var refusals = new TreeMap<Instant, String>();
        var parties = new HashMap<String, Boolean>();
        Instant from = null;
        for (Definition definition : byConflict.getOrDefault(conflict, List.of())) {
            for (Party party : definition.conflict().parties()) {
                parties.merge(party.party(), party.role() == Role.SIDE, Boolean::logicalOr);
            }
            if (pairs.stream().allMatch(pair -> pair.fits(parties))) {
                from = definition.from();
                break;
            }
            String refusal = refusal(conflict, pairs, parties);
            if (!refusals.containsValue(refusal)) {
                refusals.put(definition.from(), refusal);
            }
        }
        if (from != null && !from.isAfter(recordedAt)) {
            return Validity.ALWAYS;
        }
        refusals.put(Instant.MIN, refusal(conflict, pairs, Map.of()));
        return new Validity(conflict, refusals, from);
    }

    private String refusal(String conflict, Set<Pair> pairs, Map<String, Boolean> parties) {
        if (parties.isEmpty()) {
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

    /// Whether, and from when on, a statement fits the definitions, and why not until then.
    ///
    /// @param refusals why not, each from that moment until the next
    /// @param from when on it fits; null: it does not
    record Validity(
            String conflict, NavigableMap<Instant, String> refusals, @Nullable Instant from) {
        /// Of what has no need of a definition.
        static final Validity ALWAYS = new Validity("", new TreeMap<>(), Instant.MIN);

        /// Why it does not fit the definitions that the log held by that moment, or null.
        @Nullable Rejected refusalAt(Instant moment) {
            return from != null && !moment.isBefore(from)
                    ? null
                    : new Rejected(refusals.floorEntry(moment).getValue(), conflict);
        }

        /// When that changes, after that moment.
        Set<Instant> turnsAfter(Instant moment) {
            var turns = new TreeSet<>(refusals.tailMap(moment, false).keySet());
            if (from != null && from.isAfter(moment)) {
                turns.add(from);
            }
            return turns;
        }
    }
}
