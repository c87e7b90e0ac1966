package parley.ledger.reconciliation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.contract.Claimant;
import parley.contract.EdtfDate;
import parley.contract.Qualifier;
import parley.ledger.fold.Figure;
import parley.ledger.reconciliation.Finding.Base;

/// A total that is claimed, against the ledger's own sum for its scope.
///
/// @param claimed the number, or null where none is given
/// @param gap what is claimed less `ledger.best`; null without a number
/// @param since the last earlier total of the same scope, or null
/// @param openedBy the claim at which the gap came to be what it is, this one or an earlier one:
///     totals that share it share one finding; null where nothing is open, or the number is rounded
/// @param countedOn an earlier total that starts a few days apart, and how much opened after it:
///     left out where an earlier one has the same scope, or none starts nearly so
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
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable EarlierView countedOn,
        List<Explanation> explanations) {

    /// An earlier total, from which on a gap opened or did not.
    ///
    /// @param gap that of the earlier one; of `countedOn`, what has opened since
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

        static @Nullable EarlierView countedOn(Finding finding) {
            Base base = finding.base();
            return base == null || base.startsAlike()
                    ? null
                    : new EarlierView(
                            base.claimed().claim(),
                            base.claimed().count(),
                            finding.jump(),
                            base.claimed().statedOn());
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
                EarlierView.countedOn(finding),
                explanations);
    }
}
