/// Whether the books hold: the ledger proves itself.
@NullMarked
package parley.ledger.audit;

import org.jspecify.annotations.NullMarked;
