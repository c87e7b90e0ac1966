/// The whole system, run by the script that one runs.
@NullMarked
package parley.local;

import org.jspecify.annotations.NullMarked;
