package parley.bench.load;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// Finds where HTTP/1.1 answers end in what comes over a connection, and looks at nothing but their
/// status and length: whoever calls is not to be slower than those who answer.
final class Responses {
    private static final int STATUS_AT = "HTTP/1.1 ".length();
    private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LENGTH = "\r\ncontent-length:".getBytes(StandardCharsets.US_ASCII);
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    private Buffer unread = Buffer.buffer();
    private Buffer last = Buffer.buffer();
    private int status;

    /// Takes what has come, and says whether the answer that is waited for is whole by now. An
    /// answer is asked for only when the one before it has come, so there is never more than one.
    boolean isWhole(Buffer arrived) {
        unread = unread.length() == 0 ? arrived : unread.appendBuffer(arrived);
        int head = indexOf(HEAD_END, unread.length());
        if (head < 0) {
            return false;
        }
        int body = head + HEAD_END.length;
        int statusNow = Integer.parseInt(unread.getString(STATUS_AT, STATUS_AT + 3));
        long length = hasNoBody(statusNow) ? 0 : length(head);
        if (unread.length() < body + length) {
            return false;
        }
        status = statusNow;
        last = unread;
        unread = Buffer.buffer();
        return true;
    }

    /// Of the last answer that was whole.
    int status() {
        return status;
    }

    /// The last answer that was whole, head and body, a character for each byte.
    String text() {
        return last.getString(0, last.length(), StandardCharsets.ISO_8859_1.name());
    }

    /// The first group of what is sought in it, which must be there.
    String found(Pattern sought) {
        var matcher = sought.matcher(text());
        if (!matcher.find()) {
            throw new IllegalStateException("no %s in %s".formatted(sought, text()));
        }
        return matcher.group(1);
    }

    private static boolean hasNoBody(int status) {
        return status == NO_CONTENT || status == NOT_MODIFIED;
    }

    private long length(int head) {
        int at = indexOf(LENGTH, head + 2);
        if (at < 0) {
            throw new IllegalStateException("An answer does not say how long it is");
        }
        int end = at + LENGTH.length;
        long length = 0;
        for (int index = end; unread.getByte(index) != '\r'; index++) {
            if (unread.getByte(index) != ' ') {
                length = length * 10 + unread.getByte(index) - '0';
            }
        }
        return length;
    }

    /// Without regard to upper and lower case, since servers differ in how they write headers.
    private int indexOf(byte[] wanted, int end) {
        for (int from = 0; from <= end - wanted.length; from++) {
            int matched = 0;
            while (matched < wanted.length
                    && lower(unread.getByte(from + matched)) == wanted[matched]) {
                matched++;
            }
            if (matched == wanted.length) {
                return from;
            }
        }
        return -1;
    }

    private static byte lower(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? (byte) (letter + 'a' - 'A') : letter;
    }
}
