package parley.ledger.health;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How far behind the log a replica may be that is sent readers.
@ConfigMapping(prefix = "parley.ledger.health")
interface HealthSettings {
    /// How long a record may be on the log and not in the books.
    @WithDefault("5M")
    Duration lagMax();

    /// How long the books may stand still while something is unread.
    @WithDefault("1M")
    Duration standstillMax();
}
