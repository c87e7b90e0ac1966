/// The ledger's way of counting once more, as peers of it would write it: the present only.
@NullMarked
package parley.bench.fold;

import org.jspecify.annotations.NullMarked;
