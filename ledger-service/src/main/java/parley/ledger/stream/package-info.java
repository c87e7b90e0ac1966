/// What changes, told to those who listen.
@NullMarked
package parley.ledger.stream;

import org.jspecify.annotations.NullMarked;
