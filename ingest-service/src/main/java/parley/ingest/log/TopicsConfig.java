package parley.ingest.log;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/// How topics are made that are not there yet.
@ConfigMapping(prefix = "parley.topics")
public interface TopicsConfig {
    /// Whether ingest makes them; otherwise it waits until somebody has.
    @WithDefault("true")
    boolean create();

    /// Partitions of each event topic. Never changed later: a key would move to another one.
    @WithDefault("12")
    @Min(1)
    @Max(10_000)
    int partitions();

    /// Copies of each record, in a cluster 3.
    @WithDefault("1")
    @Min(1)
    @Max(100)
    short replicationFactor();

    /// Copies that must be written before an event is accepted, in a cluster 2.
    @WithDefault("1")
    @Min(1)
    @Max(100)
    int minInSyncReplicas();
}
