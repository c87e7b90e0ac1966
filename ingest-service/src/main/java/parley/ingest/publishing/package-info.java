/// The way of a statement to the log, and the typed calls that take it.
@NullMarked
package parley.ingest.publishing;

import org.jspecify.annotations.NullMarked;
