/// A peer of ingest-service: the same body, parsed and checked by what Quarkus has for it.
@NullMarked
package parley.bench.endpoint;

import org.jspecify.annotations.NullMarked;
