package parley.ledger.reconciliation;

import org.jspecify.annotations.Nullable;
import parley.ledger.fold.Figure;

/// A claimed total against the ledger, among the other totals of its scope.
///
/// @param ledger the ledger's own sum for the scope
/// @param gap what is claimed less what the ledger holds; null where no number is claimed
/// @param since the last earlier total of the same scope, or null
/// @param base the last earlier one that is exact, from which the gap can be counted; or null
/// @param opener the total at which the gap came to be what it is: this one, or an earlier one;
///     null where there is no gap
record Finding(
        Claimed claimed,
        Figure ledger,
        @Nullable Long gap,
        Verdict verdict,
        @Nullable Finding since,
        @Nullable Finding base,
        @Nullable Finding opener) {

    /// The gap of a total that has a number.
    long gapStated() {
        return gap == null ? 0 : gap;
    }

    /// How much of the gap opened after the total before.
    long jump() {
        return gapStated() - (base == null ? 0 : base.gapStated());
    }

    Finding openedBy(@Nullable Finding other) {
        return new Finding(claimed, ledger, gap, verdict, since, base, other);
    }
}
