/// The totals over time.
@NullMarked
package parley.ledger.timeline;

import org.jspecify.annotations.NullMarked;
