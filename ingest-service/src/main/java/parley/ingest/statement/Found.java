package parley.ingest.statement;

import com.fasterxml.jackson.databind.JsonNode;

/// How a sentence shows what it found: short, and with nothing in it that a terminal would obey.
public final class Found {
    private static final int SHOWN_MAX = 60;

    private Found() {}

    public static String in(JsonNode node) {
        return switch (node.getNodeType()) {
            case NULL -> "null";
            case MISSING -> "missing";
            case STRING -> in(node.textValue());
            case NUMBER, BOOLEAN -> shortened(node.asText());
            case ARRAY -> node.isEmpty() ? "an empty list" : "a list";
            case OBJECT -> "an object";
            case BINARY, POJO -> "no JSON";
        };
    }

    /// A text in quotes, with what cannot be seen in it written as `\\u….`.
    public static String in(String text) {
        var shown = new StringBuilder("\"");
        shortened(text)
                .codePoints()
                .forEach(
                        point -> {
                            if (isInvisible(point)) {
                                shown.append("\\u%04x".formatted(point));
                            } else {
                                shown.appendCodePoint(point);
                            }
                        });
        return shown.append('"').toString();
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= SHOWN_MAX
                ? text
                : text.substring(0, text.offsetByCodePoints(0, SHOWN_MAX)) + "…";
    }

    static boolean holdsInvisible(String text) {
        int point;
        for (int index = 0; index < text.length(); index += Character.charCount(point)) {
            point = text.codePointAt(index);
            if (isInvisible(point)) {
                return true;
            }
        }
        return false;
    }

    /// Whether nothing shows it, or a terminal would obey it.
    static boolean isInvisible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    true;
            default -> false;
        };
    }
}
