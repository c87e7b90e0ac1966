/// What a ledger is kept for, and its parties.
@NullMarked
package parley.ledger.conflicts;

import org.jspecify.annotations.NullMarked;
