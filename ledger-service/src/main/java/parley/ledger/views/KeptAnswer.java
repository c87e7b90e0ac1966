package parley.ledger.views;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import parley.contract.LogPosition;

/// An answer as it was sent, and what is known of its age.
final class KeptAnswer {
    private final byte[] body;
    private final String tag;
    private final @Nullable URI next;
    private final Asked asked;

    /// When a question was asked, and where the books were known to stand by then: its answer
    /// stands there or further.
    ///
    /// @param nanos by the clock that only measures
    record Asked(LogPosition position, Instant at, long nanos) {}

    /// The caller hands the bytes over.
    KeptAnswer(byte[] body, String tag, @Nullable URI next, Asked asked) {
        this.body = body;
        this.tag = tag;
        this.next = next;
        this.asked = asked;
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

    boolean covers(LogPosition wanted) {
        return asked.position().covers(wanted);
    }

    /// When it was last known current: when the books were last seen, if they still stood there.
    Asked currentAt(Asked seen) {
        boolean isLater = seen.nanos() - asked.nanos() > 0;
        return isLater && seen.position().equals(asked.position()) ? seen : asked;
    }
}
