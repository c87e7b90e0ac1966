package parley.bench.measured;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What one run of one contender gave, the number that it is compared by first.
public record Measured(Map<Metric, Double> values) {
    public Measured {
        values.forEach(
                (metric, value) -> {
                    if (!Double.isFinite(value)) {
                        throw new IllegalArgumentException(metric.name() + " is " + value);
                    }
                });
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    public static Measured of(Metric metric, double value) {
        return new Measured(Map.of(metric, value));
    }

    /// This and one number more.
    public Measured and(Metric metric, double value) {
        var more = new LinkedHashMap<>(values);
        more.put(metric, value);
        return new Measured(more);
    }

    /// This and all of the other's numbers.
    public Measured and(Measured other) {
        var more = new LinkedHashMap<>(values);
        more.putAll(other.values);
        return new Measured(more);
    }
}
