package parley.ledger.fold;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.contract.EventCodec;

/// Which event was the first of its name; a second one of that name changes nothing.
///
/// Of an event that is laid by, a digest of its name and one of its words are kept in its place.
final class Names {
    private Map<LoggedEvent.Name, LoggedEvent> events = new HashMap<>();
    private Map<Digest, LaidBy> laidBy = new HashMap<>();

    /// The first event of a name.
    ///
    /// @param saysTheSame as the one that was met
    record Earlier(Coordinates at, boolean saysTheSame) {}

    private record LaidBy(Coordinates at, Digest words) {}

    /// The first half of a SHA-256: two events of which nobody has made it alike have it alike once
    /// in 2^64 events.
    private record Digest(long high, long low) {
        static Digest of(LoggedEvent.Name name) {
            return of((name.source() + '\n' + name.subject() + '\n' + name.id()).getBytes(UTF_8));
        }

        static Digest of(LoggedEvent event) {
            byte[] type = event.envelope().type().wire().getBytes(UTF_8);
            return of(type, EventCodec.write(event.content()));
        }

        private static Digest of(byte[]... parts) {
            try {
                MessageDigest sha = MessageDigest.getInstance("SHA-256");
                for (byte[] part : parts) {
                    sha.update(part);
                }
                ByteBuffer digest = ByteBuffer.wrap(sha.digest());
                return new Digest(digest.getLong(), digest.getLong());
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException("Every JDK has SHA-256", impossible);
            }
        }
    }

    /// The first event of that one's name; null where that one is the first.
    @Nullable Earlier meet(LoggedEvent event) {
        LaidBy first = laidBy.isEmpty() ? null : laidBy.get(Digest.of(event.name()));
        if (first != null) {
            return new Earlier(first.at, first.words.equals(Digest.of(event)));
        }
        LoggedEvent earlier = events.putIfAbsent(event.name(), event);
        return earlier == null ? null : new Earlier(earlier.at(), earlier.saysTheSameAs(event));
    }

    /// Keeps of the events what tells whether one is sent again, and with the same words.
    void layBy() {
        events.forEach(
                (name, event) ->
                        laidBy.put(Digest.of(name), new LaidBy(event.at(), Digest.of(event))));
        events.clear();
    }

    void forget() {
        events = new HashMap<>();
        laidBy = new HashMap<>();
    }
}
