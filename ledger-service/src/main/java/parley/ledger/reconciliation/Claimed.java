package parley.ledger.reconciliation;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import parley.contract.Claimant;
import parley.contract.EdtfDate;
import parley.contract.Qualifier;
import parley.contract.Quantity;

/// A running total that somebody has claimed, with its scope spelt out.
record Claimed(String claim, Claimant claimant, EdtfDate statedOn, Scope scope, Quantity quantity) {

    /// Whether the number is meant to the last digit, so that a gap says something.
    boolean isExact() {
        return quantity.count() != null
                && quantity.qualifier() == Qualifier.EXACT
                && quantity.low() == null
                && quantity.high() == null;
    }

    @Nullable Integer count() {
        return quantity.count();
    }

    LocalDate until() {
        return scope.until();
    }
}
