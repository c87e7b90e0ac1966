/// A statement made an event: its id, publisher, time and authority.
@NullMarked
package parley.ingest.envelope;

import org.jspecify.annotations.NullMarked;
