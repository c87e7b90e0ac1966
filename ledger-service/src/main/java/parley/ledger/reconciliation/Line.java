package parley.ledger.reconciliation;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.Map;
import parley.ledger.fold.Figure;
import parley.ledger.reconciliation.Scope.What;

/// An entry of the ledger, as far as a total hangs on it.
///
/// @param entry what names it
/// @param readings what each claimant, by name, says of it last, where it is in doubt
record Line(
        String entry,
        String exchange,
        LocalDate day,
        What what,
        Figure figure,
        Map<String, Integer> readings) {
    static final Comparator<Line> OLDEST_FIRST =
            Comparator.comparing(Line::day).thenComparing(Line::entry);

    Line {
        readings = Map.copyOf(readings);
    }

    /// The same, with what is said of it.
    Line read(Map<String, Integer> by) {
        return new Line(entry, exchange, day, what, figure, by);
    }

    int best() {
        return (int) figure.best();
    }

    /// How a sentence names one that is not of the scope, with what tells it from those.
    String namedInFull() {
        return "the %d (%s to %s, %s) of %s (%s)"
                .formatted(
                        figure.best(),
                        what.from(),
                        what.to(),
                        what.category().wire(),
                        day,
                        exchange);
    }

    /// How a sentence names it.
    String named() {
        return figure.unstated() > 0
                ? "the untold number of %s (%s)".formatted(day, exchange)
                : "the %d of %s (%s)".formatted(figure.best(), day, exchange);
    }
}
