/// The words of the log: what may be said about handovers, and how it is written down.
@NullMarked
package parley.contract;

import org.jspecify.annotations.NullMarked;
