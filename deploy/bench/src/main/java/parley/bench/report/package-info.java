/// Tables and plots of what was measured, and on what machine.
@NullMarked
package parley.bench.report;

import org.jspecify.annotations.NullMarked;
