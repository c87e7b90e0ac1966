/// The generations of the books: how far each is built, and which of them is read.
@NullMarked
package parley.ledger.generations;

import org.jspecify.annotations.NullMarked;
