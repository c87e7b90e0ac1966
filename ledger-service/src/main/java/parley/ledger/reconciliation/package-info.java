/// Every running total that is claimed, against the ledger's own sum for its scope.
@NullMarked
package parley.ledger.reconciliation;

import org.jspecify.annotations.NullMarked;
