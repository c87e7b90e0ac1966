/// Where claimants, or a claim and the ledger, differ about the same transfer.
@NullMarked
package parley.ledger.discrepancies;

import org.jspecify.annotations.NullMarked;
