/// What Parley is measured against, each with a main of its own for a process of its own.
@NullMarked
package parley.bench.peer;

import org.jspecify.annotations.NullMarked;
