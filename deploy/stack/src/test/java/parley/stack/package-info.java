/// The servers themselves, started, killed and started again.
@NullMarked
package parley.stack;

import org.jspecify.annotations.NullMarked;
