/// The one command that measures Parley, and what it runs.
@NullMarked
package parley.bench;

import org.jspecify.annotations.NullMarked;
