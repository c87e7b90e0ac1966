/// Whether the way of an event is recorded for a tracing system.
@NullMarked
package parley.ledger.tracing;

import org.jspecify.annotations.NullMarked;
