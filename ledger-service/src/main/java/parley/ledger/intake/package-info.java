/// Batches off the log: the only package that knows a Kafka consumer.
@NullMarked
package parley.ledger.intake;

import org.jspecify.annotations.NullMarked;
