package parley.ingest.statement;

import com.fasterxml.jackson.databind.JsonNode;
import parley.contract.Quantity;

/// Count, status and bounds must say one thing together.
final class QuantityRules {
    private QuantityRules() {}

    static void check(JsonNode stated, String pointer, Findings findings) {
        whole(stated, "count", pointer, findings);
        whole(stated, "low", pointer, findings);
        whole(stated, "high", pointer, findings);
        status(stated, pointer, findings);
        ordered(stated, "low", "count", pointer, findings);
        ordered(stated, "count", "high", pointer, findings);
        if (!isNumber(stated.path("count"))) {
            ordered(stated, "low", "high", pointer, findings);
        }
    }

    /// A JSON Schema takes 19.0 and 19e0 for whole numbers; readers of the log need not.
    static void whole(JsonNode stated, String field, String pointer, Findings findings) {
        JsonNode number = stated.path(field);
        if (number.isNumber()
                && !number.isIntegralNumber()
                && number.doubleValue() == Math.rint(number.doubleValue())) {
            findings.add(
                    pointer + "/" + field,
                    "Found "
                            + Found.in(number)
                            + ": write a whole number without a point or an e.");
        }
    }

    private static void status(JsonNode stated, String pointer, Findings findings) {
        JsonNode count = stated.path("count");
        String status = stated.path("countStatus").asText("");
        boolean withoutCount = status.equals("withheld") || status.equals("unknown");
        if (isAbsent(count)
                && !withoutCount
                && (isAbsent(stated.path("countStatus")) || status.equals("stated"))) {
            findings.add(
                    pointer + "/count",
                    "There is no `count`: give a whole number, or say by `countStatus` that it is"
                            + " withheld or unknown.");
        }
        if (count.isNumber() && withoutCount) {
            findings.add(
                    pointer + "/countStatus",
                    "Found "
                            + Found.in(status)
                            + " beside a `count` of "
                            + Found.in(count)
                            + ": leave the status out, or make the count null.");
        }
    }

    private static void ordered(
            JsonNode stated, String less, String more, String pointer, Findings findings) {
        JsonNode one = stated.path(less);
        JsonNode other = stated.path(more);
        if (isNumber(one) && isNumber(other) && one.intValue() > other.intValue()) {
            findings.add(
                    pointer + "/" + (less.equals("count") ? more : less),
                    "`%s` is %d and `%s` is %d, but low ≤ count ≤ high must hold."
                            .formatted(less, one.intValue(), more, other.intValue()));
        }
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static boolean isNumber(JsonNode node) {
        return node.isIntegralNumber()
                && node.canConvertToInt()
                && node.intValue() >= 0
                && node.intValue() <= Quantity.COUNT_MAX;
    }
}
