/// Events as CloudEvents: one, a batch, or a stream of lines of any length.
@NullMarked
package parley.ingest.events;

import org.jspecify.annotations.NullMarked;
