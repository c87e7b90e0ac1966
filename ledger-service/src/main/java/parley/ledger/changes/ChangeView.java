package parley.ledger.changes;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.contract.Category;
import parley.ledger.duplicates.Likely;
import parley.ledger.events.RecordView;
import parley.ledger.fold.Figure;
import parley.ledger.reconciliation.Gap;
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
/// @param findings what an editor may want to look into; left out where there is nothing
public record ChangeView(
        String change,
        String kind,
        String id,
        @Nullable String mergedInto,
        @Nullable Integer revision,
        @Nullable String reason,
        List<History.Change> changes,
        RecordView event,
        List<Effect> effects,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Findings findings) {

    /// What the ledger finds in what was said, as it stood just after the event.
    ///
    /// @param reconciliation of a running total that does not agree with the ledger
    /// @param duplicates exchanges that this one is probably the same as, the likeliest first
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Findings(@Nullable Gap reconciliation, List<Likely> duplicates) {
        static @Nullable Findings of(@Nullable Gap gap, List<Likely> likely) {
            return gap == null && likely.isEmpty() ? null : new Findings(gap, likely);
        }
    }

    /// A total of the conflict just before and just after the event.
    ///
    /// @param direction `received` or `handedOver`, seen from the party
    public record Effect(
            String party, String direction, Category category, Figure before, Figure after) {}
}
