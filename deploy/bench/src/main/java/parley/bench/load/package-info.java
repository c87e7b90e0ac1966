/// HTTP callers: as fast as they are answered, or at a given rate.
@NullMarked
package parley.bench.load;

import org.jspecify.annotations.NullMarked;
