package parley.ledger.intake;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;

/// How the log is read.
@ConfigMapping(prefix = "parley.ledger.intake")
interface IntakeSettings {
    /// The consumer group: replicas of one ledger share it.
    @WithDefault("parley-ledger")
    @NotBlank
    String group();

    /// How many records go into one transaction at most.
    @WithDefault("10000")
    @Min(1)
    @Max(100000)
    int batchRecordsMax();

    /// How many bytes of one partition are fetched at once.
    @WithDefault("1048576")
    @Min(1048576)
    @Max(67108864)
    int partitionFetchBytesMax();

    /// How long a replica may be silent before its partitions go to another.
    @WithDefault("6S")
    Duration sessionTimeout();

    /// How long to rest after a failure before reading on.
    @WithDefault("1S")
    Duration rest();
}
