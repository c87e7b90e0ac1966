package parley.ingest.statement;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/// Bounds how much there is to judge: a body of nothing but faults would otherwise cost, and be
/// answered with, many times its size. And no number is larger than the rules can reckon with.
final class BulkRules {
    /// As `maxItems` in the schemas.
    private static final int ITEMS_MAX = 1_000;

    private static final int FIELDS_MAX = 100;
    private static final int FIELD_NAME_MAX = 100;
    private static final int VALUES_MAX = 50_000;

    private final Findings findings;
    private int values;
    private boolean isBounded = true;

    private BulkRules(Findings findings) {
        this.findings = findings;
    }

    /// Whether the rest of the rules may be run.
    static boolean check(JsonNode data, Findings findings) {
        var rules = new BulkRules(findings);
        rules.walk(data, "");
        if (rules.values > VALUES_MAX) {
            rules.refuse(
                    "",
                    "It holds more than %,d values. Report it as several exchanges or agreements."
                            .formatted(VALUES_MAX));
        }
        return rules.isBounded;
    }

    private void walk(JsonNode node, String pointer) {
        values++;
        if (node.isArray()) {
            if (node.size() > ITEMS_MAX) {
                refuse(
                        pointer,
                        "Found %,d items, but a list has %,d at most."
                                .formatted(node.size(), ITEMS_MAX));
                return;
            }
            for (int index = 0; index < node.size() && values <= VALUES_MAX; index++) {
                walk(node.path(index), pointer + "/" + index);
            }
        } else if (node.isDouble() && !Double.isFinite(node.doubleValue())) {
            refuse(pointer, "Found a number that is larger than any number may be.");
        } else if (node.isObject()) {
            if (node.size() > FIELDS_MAX) {
                refuse(
                        pointer,
                        "Found %,d fields, but no object has more than %d."
                                .formatted(node.size(), FIELDS_MAX));
                return;
            }
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                if (field.getKey().length() > FIELD_NAME_MAX) {
                    refuse(pointer, Found.in(field.getKey()) + " is not a field of anything.");
                } else if (values <= VALUES_MAX) {
                    walk(field.getValue(), pointer + "/" + SchemaSentences.escaped(field.getKey()));
                }
            }
        }
    }

    private void refuse(String pointer, String detail) {
        isBounded = false;
        findings.add(pointer, detail + " Nothing else was looked at.");
    }
}
