/// The feed of all that was added, corrected, retracted or merged.
@NullMarked
package parley.ledger.changes;

import org.jspecify.annotations.NullMarked;
