/// The whole of Parley on one machine, as processes that are started, watched and stopped together.
@NullMarked
package parley.local;

import org.jspecify.annotations.NullMarked;
