package parley.ledger.views;

import java.util.Arrays;
import java.util.Optional;

/// In what an answer is written.
enum Format {
    JSON("json", "application/json", "application/json"),
    /// Comma-separated values.
    ///
    /// @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
    CSV("csv", "text/csv", "text/csv;charset=UTF-8;header=present");

    static final String PARAMETER = "format";

    private final String word;
    private final String mediaType;
    private final String contentType;

    Format(String word, String mediaType, String contentType) {
        this.word = word;
        this.mediaType = mediaType;
        this.contentType = contentType;
    }

    /// What one asks for it by, without parameters.
    String mediaType() {
        return mediaType;
    }

    String contentType() {
        return contentType;
    }

    static Optional<Format> named(String word) {
        return Arrays.stream(values()).filter(it -> it.word.equals(word)).findFirst();
    }
}
