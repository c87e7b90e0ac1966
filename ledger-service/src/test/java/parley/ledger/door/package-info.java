/// The ledger as its readers see it: a real broker before it, a real PostgreSQL behind it.
@NullMarked
package parley.ledger.door;

import org.jspecify.annotations.NullMarked;
