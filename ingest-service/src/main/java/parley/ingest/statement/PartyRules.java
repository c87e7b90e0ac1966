package parley.ingest.statement;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.contract.Conflict;
import parley.contract.Party;
import parley.contract.Role;

/// Those who hand over, receive and speak must be parties of the conflict.
final class PartyRules {
    private static final int PARTIES_SHOWN_MAX = 20;

    private final String conflictId;
    private final @Nullable Conflict conflict;
    private final Findings findings;

    private PartyRules(String conflictId, @Nullable Conflict conflict, Findings findings) {
        this.conflictId = conflictId;
        this.conflict = conflict;
        this.findings = findings;
    }

    /// The rules of the conflict that a statement names; of an unknown one only those that hold
    /// for any.
    static PartyRules of(
            JsonNode statement, String pointer, KnownConflicts conflicts, Findings findings) {
        String id = statement.path("conflict").asText("");
        Optional<Conflict> conflict = conflicts.conflict(id);
        if (conflict.isEmpty() && statement.path("conflict").isTextual() && Names.isId(id)) {
            findings.addByConflict(
                    pointer + "/conflict",
                    Found.in(id)
                            + " is not a conflict that is defined."
                            + Nearest.didYouMean(id, conflicts.ids())
                            + " An editor defines it by PUT /v1/conflicts/"
                            + id);
        }
        return new PartyRules(id, conflict.orElse(null), findings);
    }

    /// From one party to another, at least one of which fights.
    void direction(JsonNode stated, String pointer) {
        JsonNode from = stated.path("from");
        JsonNode to = stated.path("to");
        party(from, pointer + "/from");
        party(to, pointer + "/to");
        if (!from.isTextual() || !to.isTextual()) {
            return;
        }
        if (from.equals(to)) {
            findings.add(
                    pointer + "/to",
                    "`from` and `to` are both "
                            + Found.in(from)
                            + ", but one hands over to another.");
        } else if (isThird(from) && isThird(to)) {
            findings.addByConflict(
                    pointer,
                    "Neither %s nor %s is a side of %s, but one of them must be. The sides are: %s"
                            .formatted(
                                    from.textValue(), to.textValue(), conflictId, codes(sides())));
        }
    }

    void parties(JsonNode codes, String pointer) {
        for (int index = 0; index < codes.size(); index++) {
            party(codes.path(index), pointer + "/" + index);
        }
    }

    void party(JsonNode code, String pointer) {
        if (conflict == null || !code.isTextual() || conflict.party(code.textValue()).isPresent()) {
            return;
        }
        findings.addByConflict(
                pointer,
                Found.in(code)
                        + " is not a party of "
                        + conflictId
                        + "."
                        + meant(code.textValue(), conflict.parties())
                        + " Its parties are: "
                        + codes(conflict.parties().stream()));
    }

    /// By its code or else by its name: `UKR` and `Ukraine` are both UA.
    private static String meant(String found, List<Party> parties) {
        List<String> names = parties.stream().map(Party::name).toList();
        return Nearest.to(found, parties.stream().map(Party::party).toList())
                .or(
                        () ->
                                Nearest.to(found, names)
                                        .map(name -> parties.get(names.indexOf(name)).party()))
                .map(code -> " Did you mean " + code + "?")
                .orElse("");
    }

    private boolean isThird(JsonNode code) {
        return conflict != null
                && conflict.party(code.textValue())
                        .filter(party -> party.role() == Role.THIRD)
                        .isPresent();
    }

    private Stream<Party> sides() {
        return conflict == null
                ? Stream.of()
                : conflict.parties().stream().filter(party -> party.role() == Role.SIDE);
    }

    /// A conflict may have a thousand parties, and a body a thousand faults.
    private static String codes(Stream<Party> parties) {
        List<String> codes = parties.map(Party::party).toList();
        return codes.size() <= PARTIES_SHOWN_MAX
                ? String.join(", ", codes)
                : String.join(", ", codes.subList(0, PARTIES_SHOWN_MAX))
                        + " and %d more".formatted(codes.size() - PARTIES_SHOWN_MAX);
    }
}
