package parley.ledger.changes;

import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.contract.Category;
import parley.ledger.events.RecordView;
import parley.ledger.fold.Figure;
import parley.ledger.statements.History;

/// What one event said, and what it did to the totals.
///
/// @param change `defined`, `added`, `corrected`, `retracted` or `merged`
/// @param kind what it is about: `exchange`, `agreement`, `claim` or `conflict`
/// @param mergedInto the exchange that is the same handover, where the event says so
/// @param revision that of the statement since then; null where the event has since been rejected
/// @param reason as its publisher gave it
/// @param changes field by field; none for what is added, which is all new
/// @param effects none where no total moved
public record ChangeView(
        String change,
        String kind,
        String id,
        @Nullable String mergedInto,
        @Nullable Integer revision,
        @Nullable String reason,
        List<History.Change> changes,
        RecordView event,
        List<Effect> effects) {

    /// A total of the conflict just before and just after the event.
    ///
    /// @param direction `received` or `handedOver`, seen from the party
    public record Effect(
            String party, String direction, Category category, Figure before, Figure after) {}
}
