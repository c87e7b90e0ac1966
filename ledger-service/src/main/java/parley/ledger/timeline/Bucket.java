package parley.ledger.timeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.List;
import parley.ledger.totals.TotalsView.PartyTotals;

/// The totals of some days, or up to their end.
///
/// @param from its first day
/// @param to its last day
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Bucket(LocalDate from, LocalDate to, List<PartyTotals> parties) {}
