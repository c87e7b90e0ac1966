/// What every answer shares: the position and the moment it rests on, pages, tags, problems.
@NullMarked
package parley.ledger.views;

import org.jspecify.annotations.NullMarked;
