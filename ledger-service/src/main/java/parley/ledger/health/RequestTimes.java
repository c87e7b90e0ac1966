package parley.ledger.health;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.stream.DoubleStream;

/// Counts the times of requests in buckets: so percentiles are told of all replicas together, and
/// beside each bucket stands the trace of a request that fell into it, where traces are recorded.
final class RequestTimes {
    private static final String NAME = "http.server.requests";

    /// Those that Prometheus proposes.
    private static final DistributionStatisticConfig BUCKETS =
            DistributionStatisticConfig.builder()
                    .serviceLevelObjectives(
                            DoubleStream.of(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
                                    .map(seconds -> seconds * Duration.ofSeconds(1).toNanos())
                                    .toArray())
                    .build();

    @Produces
    @Singleton
    MeterFilter buckets() {
        return new MeterFilter() {
            @Override
            public DistributionStatisticConfig configure(
                    Meter.Id id, DistributionStatisticConfig config) {
                return id.getName().equals(NAME) ? BUCKETS.merge(config) : config;
            }
        };
    }
}
