package parley.ledger.reconciliation;

import java.time.LocalDate;
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
}
