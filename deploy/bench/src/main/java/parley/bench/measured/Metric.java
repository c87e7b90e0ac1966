package parley.bench.measured;

/// Something that a run gives a number of.
///
/// @param name in words, as the table shows it
/// @param unit of the number
/// @param isCompared whether it is the contender's own, and so a ratio of two says something
public record Metric(String name, String unit, boolean isCompared) {
    public static final Metric EVENTS = new Metric("rate", "events/s");
    public static final Metric REQUESTS = new Metric("rate", "requests/s");
    public static final Metric P50 = new Metric("p50", "ms");
    public static final Metric P99 = new Metric("p99", "ms");
    public static final Metric MEMORY = new Metric("peak memory", "MiB");

    /// Of what a contender did.
    public Metric(String name, String unit) {
        this(name, unit, true);
    }

    /// Of what was around, which no contender did.
    public static Metric notCompared(String name, String unit) {
        return new Metric(name, unit, false);
    }
}
