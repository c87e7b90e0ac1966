/// The conflicts and their parties, as the `conflicts` topic has them.
@NullMarked
package parley.ingest.conflicts;

import org.jspecify.annotations.NullMarked;
