/// A Kafka broker and a PostgreSQL server to test against and to run on one machine: real ones, in
/// processes of their own, from a container engine or from their artifacts.
@NullMarked
package parley.stack;

import org.jspecify.annotations.NullMarked;
