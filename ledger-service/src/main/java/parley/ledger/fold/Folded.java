package parley.ledger.fold;

import java.util.List;
import java.util.Map;

/// What the events of a case amount to.
///
/// @param outcomes what became of each event
public record Folded(
        List<Known<Entry>> entries,
        List<Known<Edition>> editions,
        Map<Coordinates, Outcome> outcomes) {
    /// What no events amount to.
    public static final Folded NOTHING = new Folded(List.of(), List.of(), Map.of());
}
