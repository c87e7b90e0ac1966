/// Exchanges that are probably one handover, reported twice.
@NullMarked
package parley.ledger.duplicates;

import org.jspecify.annotations.NullMarked;
