/// The log: the only package that knows a Kafka producer.
@NullMarked
package parley.ingest.log;

import org.jspecify.annotations.NullMarked;
