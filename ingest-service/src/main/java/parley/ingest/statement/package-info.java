/// What may be said: every rule of the contract, and for each that is broken a sentence.
@NullMarked
package parley.ingest.statement;

import org.jspecify.annotations.NullMarked;
