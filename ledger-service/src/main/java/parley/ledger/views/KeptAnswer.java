package parley.ledger.views;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import parley.contract.LogPosition;

/// An answer as it was sent, and what is known of its age.
final class KeptAnswer {
    private final Format format;
    private final byte[] body;
    private final String tag;
    private final @Nullable URI next;
    private final Asked asked;

    /// The caller hands the bytes over.
    KeptAnswer(Format format, byte[] body, String tag, @Nullable URI next, Asked asked) {
        this.format = format;
        this.body = body;
        this.tag = tag;
        this.next = next;
        this.asked = asked;
    }

    Format format() {
        return format;
    }

    byte[] body() {
        return body;
    }

    String tag() {
        return tag;
    }

    /// The address of the page that follows.
    @Nullable URI next() {
        return next;
    }

    Asked asked() {
        return asked;
    }

    boolean isFurtherThan(KeptAnswer other) {
        return asked.generation() == other.asked.generation()
                && !other.asked.position().covers(asked.position());
    }

    /// Whether it reaches as far as the caller wants.
    ///
    /// @param wanted the position that was sent, as it was sent; null: none
    boolean reaches(@Nullable String wanted) {
        try {
            return wanted == null || asked.position().covers(LogPosition.parse(wanted));
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }

    /// When it was last known current: when the books were last seen, if they still stood there.
    Asked currentAt(Asked seen) {
        boolean isLater = seen.nanos() - asked.nanos() > 0;
        return isLater && seen.isOfTheSameBooksAs(asked) ? seen : asked;
    }
}
