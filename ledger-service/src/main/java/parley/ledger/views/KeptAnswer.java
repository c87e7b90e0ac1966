package parley.ledger.views;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import parley.contract.LogPosition;

/// An answer as it was sent, and what is known of its age.
final class KeptAnswer {
    private final Format format;
    private final byte[] body;
    private final String tag;
    private final @Nullable String modified;
    private final @Nullable URI next;
    private final Asked asked;
    private final Map<Encoding, byte[]> packed = new ConcurrentHashMap<>();

    /// The caller hands the bytes over.
    ///
    /// @param modified its `Last-Modified`, or null
    /// @param next the address of the page that follows, or null
    KeptAnswer(
            Format format,
            byte[] body,
            String tag,
            @Nullable String modified,
            @Nullable URI next,
            Asked asked) {
        this.format = format;
        this.body = body;
        this.tag = tag;
        this.modified = modified;
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

    /// Those bytes packed, once for all who like them so. All packings take no more than they do.
    byte[] body(Encoding encoding) {
        return packed.computeIfAbsent(encoding, it -> it.packed(body));
    }

    /// Whether they need only be given.
    boolean isPacked(Encoding encoding) {
        return encoding == Encoding.IDENTITY || packed.containsKey(encoding);
    }

    @Nullable String modified() {
        return modified;
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

    /// Whether it was read where the books stood then, or further.
    boolean reaches(Asked then) {
        return asked.generation() == then.generation() && asked.position().covers(then.position());
    }

    /// When it was last known current: when the books were last seen, if they still stood there.
    Asked currentAt(Asked seen) {
        boolean isLater = seen.nanos() - asked.nanos() > 0;
        return isLater && seen.isOfTheSameBooksAs(asked) ? seen : asked;
    }
}
