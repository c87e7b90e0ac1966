/// The agreements: what was undertaken, and what became of it.
@NullMarked
package parley.ledger.agreements;

import org.jspecify.annotations.NullMarked;
