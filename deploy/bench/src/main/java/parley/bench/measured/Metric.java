package parley.bench.measured;

/// Something that a run gives a number of.
///
/// @param name in words, as the table shows it
/// @param unit of the number
public record Metric(String name, String unit) {
    public static final Metric EVENTS = new Metric("rate", "events/s");
    public static final Metric REQUESTS = new Metric("rate", "requests/s");
    public static final Metric P50 = new Metric("p50", "ms");
    public static final Metric P99 = new Metric("p99", "ms");
    public static final Metric MEMORY = new Metric("peak memory", "MiB");
}
