/// Whether the service does its work, in words.
@NullMarked
package parley.ledger.health;

import org.jspecify.annotations.NullMarked;
