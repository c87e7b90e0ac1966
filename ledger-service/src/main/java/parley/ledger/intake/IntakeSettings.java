package parley.ledger.intake;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;

/// How the log is read.
@ConfigMapping(prefix = "parley.ledger.intake")
interface IntakeSettings {
    /// The consumer groups begin so, and end in the number of a generation: replicas of one ledger
    /// share them.
    @WithDefault("parley-ledger")
    @NotBlank
    String group();

    /// How many records go into one transaction at most.
    @WithDefault("5000")
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

    /// How long a generation that is built beside the serving one rests after each batch, in times
    /// of what the batch took: 0 for as fast as can be, 1 for half the time.
    @WithDefault("1")
    @DecimalMin("0")
    @DecimalMax("100")
    double rebuildRest();
}
