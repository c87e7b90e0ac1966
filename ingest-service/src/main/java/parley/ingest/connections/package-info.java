/// Who may keep a connection, and for how long.
@NullMarked
package parley.ingest.connections;

import org.jspecify.annotations.NullMarked;
