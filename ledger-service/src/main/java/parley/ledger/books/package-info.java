/// The books: one transaction takes what was read off the log, folds the cases that it touches and
/// writes what changed, with the position.
@NullMarked
package parley.ledger.books;

import org.jspecify.annotations.NullMarked;
