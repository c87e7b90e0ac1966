package parley.ledger.fold;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the events of a case amount to.
///
/// @param judged what became of each event, and since when: a definition that comes after what it
///     makes valid turns what was rejected until then
public record Folded(
        List<Known<Entry>> entries, List<Known<Edition>> editions, List<Known<Judged>> judged) {
    /// What no events amount to.
    public static final Folded NOTHING = new Folded(List.of(), List.of(), List.of());

    /// What has become of each event to this day.
    public Map<Coordinates, Outcome> outcomes() {
        var outcomes = new HashMap<Coordinates, Outcome>();
        for (Known<Judged> known : judged) {
            if (known.isCurrent()) {
                outcomes.put(known.value().at(), known.value().outcome());
            }
        }
        return outcomes;
    }
}
