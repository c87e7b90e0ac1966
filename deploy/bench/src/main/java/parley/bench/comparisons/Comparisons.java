package parley.bench.comparisons;

import java.util.List;

/// All of them, in the order in which they run: those with a log of the same length one after the
/// other, since they share it, and those that put something on it last.
public final class Comparisons {
    private Comparisons() {}

    public static List<Comparison> all() {
        return List.of(
                new Projection(),
                new Reads(),
                new Rebuild(),
                new Growth(),
                new Reconciled(),
                new Start(),
                new Watchers(),
                new Freshness(),
                new Bulk(),
                new Ingest());
    }
}
