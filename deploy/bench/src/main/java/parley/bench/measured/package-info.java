/// What a run of a comparison gives, and what many of them amount to.
@NullMarked
package parley.bench.measured;

import org.jspecify.annotations.NullMarked;
