/// The claims: what was said, by whom, of what.
@NullMarked
package parley.ledger.claims;

import org.jspecify.annotations.NullMarked;
