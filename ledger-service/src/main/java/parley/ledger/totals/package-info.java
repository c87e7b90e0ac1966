/// The per-side totals.
@NullMarked
package parley.ledger.totals;

import org.jspecify.annotations.NullMarked;
