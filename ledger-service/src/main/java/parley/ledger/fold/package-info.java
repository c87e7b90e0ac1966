/// Pure: the events of a case become its entries. No clock, no I/O, no database.
@NullMarked
package parley.ledger.fold;

import org.jspecify.annotations.NullMarked;
