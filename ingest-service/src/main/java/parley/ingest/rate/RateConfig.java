package parley.ingest.rate;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/// What one publisher may send to this replica.
@ConfigMapping(prefix = "parley.rate")
interface RateConfig {
    /// Events a second in the long run; 0: as many as it likes.
    @WithDefault("0")
    @Min(0)
    @Max(1_000_000)
    int eventsPerSecond();

    /// Events at once, after a while of none.
    @WithDefault("100")
    @Min(1)
    @Max(10_000_000)
    int burst();

    /// Batches and streams that are open at the same time. Each keeps a thread.
    @WithDefault("16")
    @Min(1)
    @Max(1_000)
    int streamsMax();
}
