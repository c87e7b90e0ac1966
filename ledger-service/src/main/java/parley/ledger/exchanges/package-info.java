/// The exchanges: each with its entries, its claims and its history.
@NullMarked
package parley.ledger.exchanges;

import org.jspecify.annotations.NullMarked;
