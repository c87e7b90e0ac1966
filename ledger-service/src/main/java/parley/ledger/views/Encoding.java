package parley.ledger.views;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;
import io.vertx.ext.web.ParsedHeaderValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/// How the bytes of an answer that is kept are packed for the way, the smallest last.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-8.4.1">RFC 9110, 8.4.1</a>
public enum Encoding {
    IDENTITY,
    GZIP {
        @Override
        byte[] pack(byte[] body) throws IOException {
            var packed = new ByteArrayOutputStream(body.length / 4);
            try (var gzip = new GZIPOutputStream(packed)) {
                gzip.write(body);
            }
            return packed.toByteArray();
        }
    },
    BR {
        @Override
        boolean isAvailable() {
            return Brotli4jLoader.isAvailable();
        }

        @Override
        byte[] pack(byte[] body) throws IOException {
            return Encoder.compress(body, new Encoder.Parameters().setQuality(QUALITY));
        }
    };

    /// Half of what there is: a little larger, and many times faster.
    private static final int QUALITY = 5;

    /// Less is sent as fast as it is.
    private static final int BYTES_MIN = 1_024;
    private static final String TAGGED = "-";

    boolean isAvailable() {
        return true;
    }

    byte[] pack(byte[] body) throws IOException {
        return body;
    }

    /// The packed bytes; the bytes themselves where it would not halve them.
    public byte[] packed(byte[] body) {
        try {
            if (this == IDENTITY || body.length < BYTES_MIN) {
                return body;
            }
            byte[] packed = pack(body);
            return packed.length <= body.length / 2 ? packed : body;
        } catch (IOException impossible) {
            throw new UncheckedIOException("Packing in memory failed", impossible);
        }
    }

    /// What it is called in a header.
    public String token() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The tag of the packed bytes: other bytes have another one.
    String tag(String tag) {
        return this == IDENTITY ? tag : tag.substring(0, tag.length() - 1) + TAGGED + token() + '"';
    }

    /// The tag of the bytes as they are, by that of any packing of them.
    static String untagged(String tag) {
        int end = tag.indexOf(TAGGED);
        return end < 0 ? tag : tag.substring(0, end) + '"';
    }

    /// What the caller likes best, and of that the smallest.
    ///
    /// @param accepted his `Accept-Encoding`
    public static Encoding wanted(List<? extends ParsedHeaderValue> accepted) {
        Encoding wanted = IDENTITY;
        float weight = 0;
        for (Encoding encoding : values()) {
            Optional<Float> liked =
                    accepted.stream()
                            .filter(it -> it.value().equalsIgnoreCase(encoding.token()))
                            .map(ParsedHeaderValue::weight)
                            .findFirst();
            if (encoding.isAvailable()
                    && liked.isPresent()
                    && liked.get() > 0
                    && liked.get() >= weight) {
                wanted = encoding;
                weight = liked.get();
            }
        }
        return wanted;
    }
}
