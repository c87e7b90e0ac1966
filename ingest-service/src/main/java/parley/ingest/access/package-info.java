/// Who is calling, and what a role allows.
@NullMarked
package parley.ingest.access;

import org.jspecify.annotations.NullMarked;
