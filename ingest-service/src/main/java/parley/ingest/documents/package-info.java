/// The contract as documents, served to those who write to us and read from the log.
@NullMarked
package parley.ingest.documents;

import org.jspecify.annotations.NullMarked;
