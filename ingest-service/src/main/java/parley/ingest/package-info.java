/// The way in: what newsrooms state is checked here and put on the log.
@NullMarked
package parley.ingest;

import org.jspecify.annotations.NullMarked;
