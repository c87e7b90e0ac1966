package parley.ledger.fold;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.contract.EventCodec;

/// Which event was the first of its name; a second one of that name changes nothing.
///
/// Of an event that is laid by, fingerprints of its name and of its words are kept in its place.
final class Names {
    private Map<LoggedEvent.Name, LoggedEvent> events = new HashMap<>();
    private Map<Fingerprint, LaidBy> laidBy = new HashMap<>();

    /// The first event of a name.
    ///
    /// @param saysTheSame as the one that was met
    record Earlier(Coordinates at, boolean saysTheSame) {}

    private record LaidBy(Coordinates at, Fingerprint words) {}

    private static Fingerprint name(LoggedEvent.Name name) {
        return Fingerprint.of(
                (name.source() + '\n' + name.subject() + '\n' + name.id()).getBytes(UTF_8));
    }

    private static Fingerprint words(LoggedEvent event) {
        byte[] type = event.envelope().type().wire().getBytes(UTF_8);
        return Fingerprint.of(type, EventCodec.write(event.content()));
    }

    /// The first event of that one's name; null where that one is the first.
    @Nullable Earlier meet(LoggedEvent event) {
        LaidBy first = laidBy.isEmpty() ? null : laidBy.get(name(event.name()));
        if (first != null) {
            return new Earlier(first.at, first.words.equals(words(event)));
        }
        LoggedEvent earlier = events.putIfAbsent(event.name(), event);
        return earlier == null ? null : new Earlier(earlier.at(), earlier.saysTheSameAs(event));
    }

    /// Keeps of the events what tells whether one is sent again, and with the same words.
    void layBy() {
        events.forEach(
                (name, event) -> laidBy.put(name(name), new LaidBy(event.at(), words(event))));
        events.clear();
    }

    void forget() {
        events = new HashMap<>();
        laidBy = new HashMap<>();
    }
}
