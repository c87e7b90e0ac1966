/// Whether the way of a request is recorded for a tracing system.
@NullMarked
package parley.ingest.tracing;

import org.jspecify.annotations.NullMarked;
