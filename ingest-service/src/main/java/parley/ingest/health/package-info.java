/// Whether the service may be sent requests.
@NullMarked
package parley.ingest.health;

import org.jspecify.annotations.NullMarked;
