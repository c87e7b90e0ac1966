/// What newsrooms meet, tried over HTTP against a real broker.
@NullMarked
package parley.ingest.door;

import org.jspecify.annotations.NullMarked;
