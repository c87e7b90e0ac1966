package parley.ledger.reconciliation;

import org.jspecify.annotations.Nullable;
import parley.ledger.fold.Figure;

/// A claimed total against the ledger, among the other totals of its scope.
///
/// @param ledger the ledger's own sum for the scope
/// @param gap what is claimed less what the ledger holds; null where no number is claimed
/// @param since the last earlier total of the same scope, or null
/// @param base an earlier one that is exact, from which the gap can be counted; or null
/// @param jump how much of the gap opened after the base; all of it without one
/// @param opener the total at which the gap came to be what it is: this one, or an earlier one;
///     null where there is no gap
/// @param isCountedOn whether a later exact total keeps the gap, with another number: so it was no
///     slip of the hand
record Finding(
        Claimed claimed,
        Figure ledger,
        @Nullable Long gap,
        Verdict verdict,
        @Nullable Finding since,
        @Nullable Base base,
        long jump,
        @Nullable Finding opener,
        boolean isCountedOn) {

    /// What is counted on from.
    ///
    /// @param startsAlike whether it is the last one of the same scope; else the scope starts
    ///     some days apart, which both leave out of sight
    record Base(Claimed claimed, boolean startsAlike) {}

    /// The gap of a total that has a number.
    long gapStated() {
        return gap == null ? 0 : gap;
    }

    Finding openedBy(@Nullable Finding other) {
        return new Finding(claimed, ledger, gap, verdict, since, base, jump, other, isCountedOn);
    }
}
