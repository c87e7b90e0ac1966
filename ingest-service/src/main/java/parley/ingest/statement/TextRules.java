package parley.ingest.statement;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import parley.contract.EdtfDate;

/// What holds for every text, date and address, wherever it stands in a statement.
final class TextRules {
    private static final Set<String> DATES =
            Set.of("occurredOn", "concludedOn", "statedOn", "publishedOn", "since", "until");

    /// What the schema lets pass; what it does not is faulted there already.
    private static final Pattern DATE_SHAPE = Pattern.compile("[0-9]{4}[0-9/-]*");

    private static final Pattern ADDRESS_SHAPE = Pattern.compile("https?://[^\\s/?#]\\S*");

    private static final char LEFT_TO_RIGHT_OVERRIDE = '\u202d';
    private static final char RIGHT_TO_LEFT_OVERRIDE = '\u202e';

    /// What must show something: its schema asks for one character that is no space.
    private static final Set<String> NAMES =
            Set.of("name", "title", "publisher", "reason", "mediators", "kind");

    private TextRules() {}

    static void check(JsonNode node, String pointer, Findings findings) {
        check("", node, pointer, findings);
    }

    /// @param listed the field whose value it is, where it is a list
    private static void check(String listed, JsonNode node, String pointer, Findings findings) {
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                JsonNode value = field.getValue();
                if (value.isTextual()) {
                    String place = pointer + "/" + SchemaSentences.escaped(field.getKey());
                    characters(value.textValue(), place, findings);
                    seen(field.getKey(), value.textValue(), place, findings);
                    shape(field.getKey(), value.textValue(), place, findings);
                } else if (value.isContainerNode()) {
                    check(
                            field.getKey(),
                            value,
                            pointer + "/" + SchemaSentences.escaped(field.getKey()),
                            findings);
                }
            }
        } else if (node.isArray()) {
            for (int index = 0; index < node.size(); index++) {
                JsonNode item = node.get(index);
                if (item.isTextual()) {
                    characters(item.textValue(), pointer + "/" + index, findings);
                    seen(listed, item.textValue(), pointer + "/" + index, findings);
                } else {
                    check("", item, pointer + "/" + index, findings);
                }
            }
        }
    }

    /// A database cannot keep a NUL, UTF-8 cannot write half a surrogate pair, nobody can see the
    /// other control characters, and an override shows the text behind it backwards. What Arabic,
    /// Hebrew, Persian and emoji need (marks, isolates, joiners) is kept as it is.
    private static void characters(String text, String pointer, Findings findings) {
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            if (isUnseen(character)) {
                findings.add(
                        pointer,
                        "Found the control character \\u%04x: only tabs and line breaks may stand in a text."
                                .formatted((int) character));
                return;
            }
            if (character == LEFT_TO_RIGHT_OVERRIDE || character == RIGHT_TO_LEFT_OVERRIDE) {
                findings.add(
                        pointer,
                        "Found the direction override \\u%04x, by which a text shows other than it is: leave it out."
                                .formatted((int) character));
                return;
            }
            if (Character.isSurrogate(character)) {
                if (Character.isHighSurrogate(character)
                        && index + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(index + 1))) {
                    index++;
                } else {
                    findings.add(
                            pointer,
                            "Found half of a surrogate pair, \\u%04x, which is no character."
                                    .formatted((int) character));
                    return;
                }
            }
        }
    }

    private static boolean isUnseen(char character) {
        return (character >= 0x7f && character < 0xa0)
                || (character < ' ' && character != '\n' && character != '\t' && character != '\r');
    }

    private static void seen(String field, String text, String pointer, Findings findings) {
        if (NAMES.contains(field)
                && !text.isBlank() // That is the schema's to say.
                && text.codePoints().allMatch(TextRules::isBlank)) {
            findings.add(
                    pointer, "Found " + Found.in(text) + ", in which there is nothing to be seen.");
        }
    }

    private static boolean isBlank(int point) {
        return Found.isInvisible(point)
                || Character.isWhitespace(point)
                || Character.isSpaceChar(point);
    }

    private static void shape(String field, String text, String pointer, Findings findings) {
        if (DATES.contains(field)) {
            date(text, pointer, findings);
        } else if (field.equals("url")) {
            address(text, pointer, findings);
        }
    }

    private static void date(String text, String pointer, Findings findings) {
        if (!DATE_SHAPE.matcher(text).matches()) {
            return;
        }
        try {
            EdtfDate.parse(text);
        } catch (IllegalArgumentException impossible) {
            String sentence = String.valueOf(impossible.getMessage());
            if (!sentence.contains("is not a date")) { // That is the schema's to say.
                findings.add(pointer, sentence);
            }
        }
    }

    private static void address(String text, String pointer, Findings findings) {
        if (!ADDRESS_SHAPE.matcher(text).matches()) {
            return;
        }
        if (Found.holdsInvisible(text)) {
            findings.add(
                    pointer,
                    "Found " + Found.in(text) + ": an address holds nothing that cannot be seen.");
            return;
        }
        try {
            if (new URI(text).getRawAuthority() == null) {
                findings.add(pointer, Found.in(text) + " names no host.");
            }
        } catch (URISyntaxException broken) {
            findings.add(
                    pointer,
                    Found.in(text)
                            + " is not an address: "
                            + broken.getReason()
                            + " at character "
                            + (broken.getIndex() + 1)
                            + ". Write such a character as % and two hexadecimal digits.");
        }
    }
}
