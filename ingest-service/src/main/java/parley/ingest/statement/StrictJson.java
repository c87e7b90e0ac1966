package parley.ingest.statement;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/// Reads and writes JSON, with nothing in it that two readers could take for two things.
public final class StrictJson {
    private static final ObjectMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(50)
                                                    .maxNumberLength(100)
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
        JsonNode tree;
        try {
            tree = JSON.readTree(text, from, length);
        } catch (JsonProcessingException broken) {
            throw new UnreadableJsonException(sentence(broken), broken);
        } catch (IOException broken) {
            throw new UnreadableJsonException("It is not UTF-8.", broken);
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
