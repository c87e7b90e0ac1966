package parley.ledger.discrepancies;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.contract.Category;
import parley.contract.Claimant;
import parley.contract.CountStatus;
import parley.contract.EdtfDate;
import parley.contract.Qualifier;
import parley.ledger.entries.EntryView;
import parley.ledger.entries.EntryView.StatedIn;
import parley.ledger.fold.Figure;

/// A transfer of which not all say the same.
///
/// @param occurredOn as it was reported
/// @param claims the newest of each claimant, oldest first, also those that agree
/// @param spread the largest less the smallest of all figures that are stated
/// @param moves who came to a figure that somebody else had stated before; left out where nobody
/// @param since the day on which the claim was stated from which on they have differed
@JsonInclude(JsonInclude.Include.ALWAYS)
public record DiscrepancyView(
        String exchange,
        JsonNode occurredOn,
        String from,
        String to,
        Category category,
        LedgerView ledger,
        List<ClaimView> claims,
        int spread,
        LocalDate since,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Move> moves,
        @JsonIgnore EntryView entry) {

    /// What the ledger holds.
    ///
    /// @param entry what names its line
    public record LedgerView(
            String entry,
            @Nullable Integer count,
            CountStatus countStatus,
            Qualifier qualifier,
            @Nullable Integer low,
            @Nullable Integer high,
            List<String> statedBy,
            Figure figure,
            StatedIn event) {
        static LedgerView of(EntryView entry) {
            return new LedgerView(
                    entry.entry(),
                    entry.count(),
                    entry.countStatus(),
                    entry.qualifier(),
                    entry.low(),
                    entry.high(),
                    entry.statedBy(),
                    entry.figure(),
                    entry.event());
        }
    }

    /// What a claimant says.
    public record ClaimView(
            String claim,
            Claimant claimant,
            EdtfDate statedOn,
            @Nullable Integer count,
            CountStatus countStatus,
            Qualifier qualifier,
            @Nullable Integer low,
            @Nullable Integer high,
            StatedIn event) {}
}
