/// What became of each record of the log.
@NullMarked
package parley.ledger.events;

import org.jspecify.annotations.NullMarked;
