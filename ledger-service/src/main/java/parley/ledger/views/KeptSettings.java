package parley.ledger.views;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/// What is kept in memory for when PostgreSQL is away.
@ConfigMapping(prefix = "parley.ledger.kept")
interface KeptSettings {
    /// How many bytes the kept answers may take; 0 keeps none.
    @WithDefault("33554432")
    @Min(0)
    @Max(1073741824)
    long bytesMax();
}
