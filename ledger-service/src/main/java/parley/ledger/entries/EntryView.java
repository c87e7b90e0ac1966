package parley.ledger.entries;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.contract.Category;
import parley.contract.CountStatus;
import parley.contract.Qualifier;
import parley.ledger.fold.Figure;

/// One line of the ledger, with all that a reader needs to check it.
///
/// @param entry what names the line: the partition, the offset and the place of the transfer in
///     the event that stated it
/// @param occurredOn as it was reported
/// @param knownFrom since when the log says so
/// @param knownTo null: what is listed has not been replaced at the moment of the answer
public record EntryView(
        String entry,
        String exchange,
        JsonNode occurredOn,
        String from,
        String to,
        Category category,
        @Nullable Integer count,
        CountStatus countStatus,
        Qualifier qualifier,
        @Nullable Integer low,
        @Nullable Integer high,
        List<String> statedBy,
        @Nullable String detail,
        @Nullable String agreement,
        Figure figure,
        Instant knownFrom,
        @Nullable Instant knownTo,
        StatedIn event,
        JsonNode sources,
        @JsonIgnore LocalDate validOn) {

    /// The event that stated it, and where it stands on the log.
    public record StatedIn(
            String id, String source, String type, String topic, int partition, long offset) {}

    List<String> key() {
        return List.of(validOn.toString(), exchange, from, to, String.valueOf(category.ordinal()));
    }
}
