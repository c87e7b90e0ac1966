/// The lines that a total is the sum of.
@NullMarked
package parley.ledger.entries;

import org.jspecify.annotations.NullMarked;
