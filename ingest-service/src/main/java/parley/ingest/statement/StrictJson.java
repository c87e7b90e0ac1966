package parley.ingest.statement;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;

/// Reads and writes JSON, with nothing in it that two readers could take for two things.
public final class StrictJson {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    private static final int DECODED_AT_ONCE = 8 * 1024;

    /// As many as 8 MiB of events have at most. A text of nothing but brackets would fill twenty
    /// times the memory that it weighs.
    private static final long TOKENS_MAX = 2_000_000;
    private static final ObjectMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    // It is UTF-8, and not what its first bytes make one guess.
                                    .disable(JsonFactory.Feature.CHARSET_DETECTION)
                                    // Written as short as it came: as two escapes, a character
                                    // beyond the basic plane would take three times the room.
                                    .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(50)
                                                    .maxNumberLength(100)
                                                    .maxTokenCount(TOKENS_MAX)
                                                    .build())
                                    .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private StrictJson() {}

    /// Reads a whole document.
    ///
    /// @throws UnreadableJsonException where it is none; the message says why, and where
    public static JsonNode read(byte[] text, int from, int length) throws UnreadableJsonException {
        checkEncoding(text, from, length);
        int mark = hasByteOrderMark(text, from, length) ? BYTE_ORDER_MARK.length : 0;
        JsonNode tree;
        try {
            tree = JSON.readTree(text, from + mark, length - mark);
        } catch (JsonProcessingException broken) {
            throw new UnreadableJsonException(sentence(broken), broken);
        } catch (IOException broken) {
            throw new UnreadableJsonException(String.valueOf(broken.getMessage()), broken);
        }
        if (tree == null || tree.isMissingNode()) {
            throw new UnreadableJsonException("It is empty.", null);
        }
        return tree;
    }

    /// Writes a tree as compactly as can be.
    public static byte[] write(JsonNode tree) {
        try {
            return JSON.writeValueAsBytes(tree);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A tree that was judged cannot be written", impossible);
        }
    }

    /// Looks at every byte: the parser lets pass what is longer than need be, or half a pair.
    private static void checkEncoding(byte[] text, int from, int length)
            throws UnreadableJsonException {
        CharsetDecoder decoder =
                UTF_8.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer bytes = ByteBuffer.wrap(text, from, length);
        CharBuffer characters = CharBuffer.allocate(Math.clamp(length, 16, DECODED_AT_ONCE));
        CoderResult result;
        do {
            result = decoder.decode(bytes, characters.clear(), true);
        } while (result.isOverflow());
        if (result.isError()) {
            throw new UnreadableJsonException(
                    "It is not UTF-8: byte %d (0x%02x) begins no character of it."
                            .formatted(bytes.position() - from + 1, bytes.get(bytes.position())),
                    null);
        }
    }

    /// What some editors and spreadsheets put before the text.
    private static boolean hasByteOrderMark(byte[] text, int from, int length) {
        return length >= BYTE_ORDER_MARK.length
                && Arrays.equals(
                        text,
                        from,
                        from + BYTE_ORDER_MARK.length,
                        BYTE_ORDER_MARK,
                        0,
                        BYTE_ORDER_MARK.length);
    }

    private static String sentence(JsonProcessingException broken) {
        String reason = String.valueOf(broken.getOriginalMessage());
        String shown = reason.length() > 200 ? reason.substring(0, 200) + "…" : reason;
        return broken.getLocation() == null
                ? shown
                : "Line %d, column %d: %s"
                        .formatted(
                                broken.getLocation().getLineNr(),
                                broken.getLocation().getColumnNr(),
                                shown);
    }
}
