/// Exchanges, agreements and claims as they were reported, what became of them, and how.
@NullMarked
package parley.ledger.statements;

import org.jspecify.annotations.NullMarked;
