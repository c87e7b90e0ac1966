/// How much a publisher may send at a time.
@NullMarked
package parley.ingest.rate;

import org.jspecify.annotations.NullMarked;
