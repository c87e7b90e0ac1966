/// The page at `/`, and what others set into theirs. All that it shows, it asks of the public
/// calls.
@NullMarked
package parley.ledger.dashboard;

import org.jspecify.annotations.NullMarked;
