/// One class for each thing that is compared.
@NullMarked
package parley.bench.comparisons;

import org.jspecify.annotations.NullMarked;
