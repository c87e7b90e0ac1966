package parley.ledger.reconciliation;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import parley.contract.Qualifier;
import parley.ledger.fold.Figure;
import parley.ledger.reconciliation.ReconciliationView.EarlierView;

/// A total that does not agree with the ledger, in brief: an item of the reconciliation without
/// what would explain it.
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Gap(
        Scope scope,
        @Nullable Integer claimed,
        Qualifier qualifier,
        Figure ledger,
        @Nullable Long gap,
        Verdict verdict,
        @Nullable EarlierView since,
        @Nullable String openedBy,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable EarlierView countedOn) {

    static Gap of(Finding finding) {
        Claimed claimed = finding.claimed();
        Finding opener = finding.opener();
        return new Gap(
                claimed.scope(),
                claimed.count(),
                claimed.quantity().qualifier(),
                finding.ledger(),
                finding.gap(),
                finding.verdict(),
                EarlierView.of(finding.since()),
                opener == null ? null : opener.claimed().claim(),
                EarlierView.countedOn(finding));
    }
}
