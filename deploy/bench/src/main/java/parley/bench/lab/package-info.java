/// The servers, a log on them, and the services under measurement, each a process of its own.
@NullMarked
package parley.bench.lab;

import org.jspecify.annotations.NullMarked;
