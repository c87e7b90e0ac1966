package parley.ledger.health;

import java.util.ArrayDeque;
import java.util.Deque;

/// How far behind one partition is, told by looks at where it ends and where the books stand.
///
/// Each end is remembered with the moment when it was first seen, until the books have passed it:
/// whatever is unread was there since the oldest end that they have not. A lag that is older than
/// the first look counts from that look.
final class Lag {
    /// Where there are more, some are taken together: the lag is then told as up to a 256th more.
    private static final int ENDS_MAX = 512;

    private final Deque<End> ends = new ArrayDeque<>();
    private long nextOffset;
    private long endOffset;
    private long sinceNanos;
    private long apartNanosMin;

    private record End(long offset, long sinceNanos) {}

    /// @param nanos of a clock that never goes back
    void look(long nextOffset, long endOffset, long nanos) {
        if (ends.isEmpty() || nextOffset > this.nextOffset) {
            sinceNanos = nanos; // Nothing to do, or something done: no standstill.
        }
        this.nextOffset = nextOffset;
        this.endOffset = endOffset;
        while (!ends.isEmpty() && ends.getFirst().offset <= nextOffset) {
            ends.removeFirst();
        }
        if (ends.isEmpty()) {
            apartNanosMin = 0;
        }
        if (endOffset > (ends.isEmpty() ? nextOffset : ends.getLast().offset)) {
            add(nanos);
        }
    }

    private void add(long nanos) {
        boolean isSoon = !ends.isEmpty() && nanos - ends.getLast().sinceNanos < apartNanosMin;
        ends.addLast(new End(endOffset, isSoon ? ends.removeLast().sinceNanos : nanos));
        if (ends.size() > ENDS_MAX) {
            apartNanosMin = 2 * (nanos - ends.getFirst().sinceNanos) / ENDS_MAX;
            thinOut();
        }
    }

    /// How many records are unread.
    long records() {
        return Math.max(0, endOffset - nextOffset);
    }

    /// How long the oldest record that is unread has been there; 0 where none is.
    double seconds(long nanos) {
        return ends.isEmpty() ? 0 : (nanos - ends.getFirst().sinceNanos) / 1e9;
    }

    /// How long nothing of what is unread has been read; 0 where all is.
    double standstillSeconds(long nanos) {
        return ends.isEmpty() ? 0 : (nanos - sinceNanos) / 1e9;
    }

    private void thinOut() {
        int all = ends.size();
        for (int taken = 0; taken < all; taken += 2) {
            End earlier = ends.removeFirst();
            boolean isLast = taken + 1 == all;
            ends.addLast(isLast ? earlier : new End(ends.removeFirst().offset, earlier.sinceNanos));
        }
    }
}
