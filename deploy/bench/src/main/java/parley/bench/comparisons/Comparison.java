package parley.bench.comparisons;

import parley.bench.lab.Labs;
import parley.bench.measured.Alternation;

/// One thing that is compared.
public interface Comparison {
    /// As it is asked for on the command line.
    String name();

    /// Runs it. Each of its works ends up in `alternation`.
    void run(Labs labs, Size size, Alternation alternation) throws Exception;
}
