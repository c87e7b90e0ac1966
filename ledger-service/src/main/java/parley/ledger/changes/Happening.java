package parley.ledger.changes;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import parley.ledger.fold.Coordinates;
import parley.ledger.fold.Kind;

/// An event that takes effect.
///
/// @param at the moment when it does
/// @param place where it stands in the feed: mostly its own coordinates, but those of the
///     definition by which it takes effect, where that came later
/// @param event its own coordinates
/// @param exchanges those that it bears on: itself, what it is about, what it is merged into
record Happening(
        Instant at,
        Coordinates place,
        Coordinates event,
        Kind kind,
        String subject,
        Set<String> exchanges) {
    /// What a definition makes valid follows it.
    static final Comparator<Happening> ORDER =
            Comparator.comparing(Happening::at)
                    .thenComparing(Happening::place)
                    .thenComparing(it -> !it.event.equals(it.place))
                    .thenComparing(Happening::event);

    /// The same event at the same moment, whatever it bears on.
    record Key(Instant at, Coordinates event) {}

    Key key() {
        return new Key(at, event);
    }

    /// The movements that it may have caused.
    List<Movement.Cause> causes() {
        return exchanges.stream().map(exchange -> new Movement.Cause(at, exchange)).toList();
    }

    boolean sharesItsPlaceWith(Happening other) {
        return at.equals(other.at) && place.equals(other.place);
    }
}
