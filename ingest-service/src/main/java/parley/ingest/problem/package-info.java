/// What a caller is told when something is wrong (RFC 9457).
@NullMarked
package parley.ingest.problem;

import org.jspecify.annotations.NullMarked;
