package parley.bench.comparisons;

import java.util.List;

/// All of them, in the order in which they run.
public final class Comparisons {
    private Comparisons() {}

    public static List<Comparison> all() {
        return List.of(
                new Projection(),
                new Reads(),
                new Ingest(),
                new Bulk(),
                new Rebuild(),
                new Growth(),
                new Start(),
                new Freshness());
    }
}
