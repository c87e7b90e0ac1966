package parley.ingest.statement;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import parley.contract.EventType;

/// The rules that a schema cannot say. Each runs wherever its parts can be read, whatever else is
/// wrong with the statement.
final class StatementRules {
    private StatementRules() {}

    static void check(
            EventType type,
            @Nullable String subject,
            JsonNode data,
            KnownConflicts conflicts,
            Findings findings) {
        TextRules.check(data, "", findings);
        switch (type) {
            case CONFLICT_DEFINED -> conflict(data, findings);
            case EXCHANGE_REPORTED -> exchange(data, "", conflicts, findings);
            case EXCHANGE_CORRECTED ->
                    exchange(data.path("exchange"), "/exchange", conflicts, findings);
            case EXCHANGE_MERGED -> merge(subject, data, findings);
            case AGREEMENT_REPORTED -> agreement(data, "", conflicts, findings);
            case AGREEMENT_CORRECTED ->
                    agreement(data.path("agreement"), "/agreement", conflicts, findings);
            case CLAIM_MADE -> claim(data, "", conflicts, findings);
            case CLAIM_CORRECTED -> claim(data.path("claim"), "/claim", conflicts, findings);
            case EXCHANGE_RETRACTED, AGREEMENT_RETRACTED, CLAIM_RETRACTED -> {}
        }
    }

    private static void conflict(JsonNode conflict, Findings findings) {
        Set<String> codes = new HashSet<>();
        int sides = 0;
        JsonNode parties = conflict.path("parties");
        for (int index = 0; index < parties.size(); index++) {
            JsonNode party = parties.path(index);
            String code = party.path("party").asText("");
            if (!code.isEmpty() && !codes.add(code)) {
                findings.add(
                        "/parties/" + index + "/party",
                        Found.in(code) + " is named twice: a party has one code and one role.");
            }
            sides += party.path("role").asText("").equals("side") ? 1 : 0;
        }
        if (parties.isArray() && sides < 2) {
            findings.add(
                    "/parties",
                    "Found %d with the role side, but a conflict has two sides or more."
                            .formatted(sides));
        }
    }

    private static void exchange(
            JsonNode exchange, String pointer, KnownConflicts conflicts, Findings findings) {
        PartyRules parties = PartyRules.of(exchange, pointer, conflicts, findings);
        Map<String, Integer> seen = new HashMap<>();
        JsonNode transfers = exchange.path("transfers");
        for (int index = 0; index < transfers.size(); index++) {
            JsonNode transfer = transfers.path(index);
            String place = pointer + "/transfers/" + index;
            counted(transfer, place, parties, findings);
            Integer earlier =
                    isDirected(transfer) ? seen.putIfAbsent(direction(transfer), index) : null;
            if (earlier != null) {
                findings.add(
                        place,
                        "Transfer %d has this from, to and category already: add the counts up, or, where it went under another deal, report another exchange."
                                .formatted(earlier));
            }
        }
    }

    private static void agreement(
            JsonNode agreement, String pointer, KnownConflicts conflicts, Findings findings) {
        PartyRules parties = PartyRules.of(agreement, pointer, conflicts, findings);
        JsonNode commitments = agreement.path("commitments");
        for (int index = 0; index < commitments.size(); index++) {
            counted(commitments.path(index), pointer + "/commitments/" + index, parties, findings);
        }
    }

    private static void counted(
            JsonNode stated, String pointer, PartyRules parties, Findings findings) {
        if (!stated.isObject()) {
            return;
        }
        parties.direction(stated, pointer);
        parties.parties(stated.path("statedBy"), pointer + "/statedBy");
        QuantityRules.check(stated, pointer, findings);
    }

    private static void merge(@Nullable String subject, JsonNode data, Findings findings) {
        if (subject != null && subject.equals(data.path("into").textValue())) {
            findings.add(
                    "/into",
                    Found.in(subject)
                            + " cannot be merged into itself: name the exchange that is to stay.");
        }
    }

    private static void claim(
            JsonNode claim, String pointer, KnownConflicts conflicts, Findings findings) {
        PartyRules parties = PartyRules.of(claim, pointer, conflicts, findings);
        parties.party(claim.path("claimant").path("party"), pointer + "/claimant/party");
        JsonNode about = claim.path("about");
        if (about.path("exchange").isTextual() && about.path("agreement").isTextual()) {
            findings.add(
                    pointer + "/about",
                    "A claim is about an exchange or an agreement, not about both: make two claims"
                            + " of it.");
        }
        assertion(claim.path("assertion"), pointer + "/assertion", parties, findings);
        if (claim.path("assertion").path("kind").asText("").equals("count")
                && !about.path("exchange").isTextual()
                && !about.path("agreement").isTextual()) {
            findings.add(
                    pointer + "/about/exchange",
                    "A claim of kind count is about one exchange or agreement: name it here. A sum over several"
                            + " is of kind total.");
        }
    }

    private static void assertion(
            JsonNode assertion, String pointer, PartyRules parties, Findings findings) {
        switch (assertion.path("kind").asText("")) {
            case "count" -> {
                parties.direction(assertion, pointer);
                QuantityRules.check(assertion, pointer, findings);
            }
            case "total" -> total(assertion, pointer, parties, findings);
            case "misidentified" -> {
                parties.direction(assertion, pointer);
                QuantityRules.whole(assertion, "count", pointer, findings);
            }
            case "denial" -> QuantityRules.whole(assertion, "count", pointer, findings);
            default -> {} // Words, or a kind that the schema has refused.
        }
    }

    private static void total(
            JsonNode total, String pointer, PartyRules parties, Findings findings) {
        parties.direction(total, pointer);
        QuantityRules.check(total, pointer, findings);
        boolean from = total.path("from").isTextual();
        if (from != total.path("to").isTextual()) {
            findings.add(
                    pointer + (from ? "/to" : "/from"),
                    "A total has both `from` and `to`, or neither: all directions together.");
        }
    }

    private static boolean isDirected(JsonNode transfer) {
        return transfer.path("from").isTextual()
                && transfer.path("to").isTextual()
                && transfer.path("category").isTextual();
    }

    private static String direction(JsonNode transfer) {
        return transfer.path("from").asText()
                + '\n'
                + transfer.path("to").asText()
                + '\n'
                + transfer.path("category").asText();
    }
}
