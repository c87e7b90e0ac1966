/// Who may ask for what.
@NullMarked
package parley.ledger.access;

import org.jspecify.annotations.NullMarked;
