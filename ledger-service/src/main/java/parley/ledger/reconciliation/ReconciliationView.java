package parley.ledger.reconciliation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.contract.Claimant;
import parley.contract.EdtfDate;
import parley.contract.Qualifier;
import parley.ledger.fold.Figure;

/// A total that is claimed, against the ledger's own sum for its scope.
///
/// @param claimed the number, or null where none is given
/// @param gap what is claimed less `ledger.best`; null without a number
/// @param since the last earlier total of the same scope, or null
/// @param openedBy the claim at which the gap came to be what it is, this one or an earlier one:
///     totals that share it share one finding; null where nothing is open, or the number is rounded
/// @param explanations what would explain the gap, what assumes least first
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ReconciliationView(
        String claim,
        Claimant claimant,
        EdtfDate statedOn,
        Scope scope,
        @Nullable Integer claimed,
        Qualifier qualifier,
        Figure ledger,
        @Nullable Long gap,
        Verdict verdict,
        @Nullable EarlierView since,
        @Nullable String openedBy,
        List<Explanation> explanations) {

    /// An earlier total, from which on a gap opened or did not.
    public record EarlierView(
            String claim, @Nullable Integer claimed, @Nullable Long gap, EdtfDate statedOn) {
        static @Nullable EarlierView of(@Nullable Finding finding) {
            return finding == null
                    ? null
                    : new EarlierView(
                            finding.claimed().claim(),
                            finding.claimed().count(),
                            finding.gap(),
                            finding.claimed().statedOn());
        }
    }

    static ReconciliationView of(Finding finding, List<Explanation> explanations) {
        Claimed claimed = finding.claimed();
        Finding opener = finding.opener();
        return new ReconciliationView(
                claimed.claim(),
                claimed.claimant(),
                claimed.statedOn(),
                claimed.scope(),
                claimed.count(),
                claimed.quantity().qualifier(),
                finding.ledger(),
                finding.gap(),
                finding.verdict(),
                EarlierView.of(finding.since()),
                opener == null ? null : opener.claimed().claim(),
                explanations);
    }
}
