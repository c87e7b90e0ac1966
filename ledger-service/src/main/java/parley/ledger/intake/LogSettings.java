package parley.ledger.intake;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// What is known of the log's own clock.
@ConfigMapping(prefix = "parley.ledger.log")
interface LogSettings {
    /// How much earlier than our clock the time of a record may be that comes to sight only now:
    /// the brokers' clocks may be behind, and a record is seen once its replicas have it.
    @WithDefault("1S")
    Duration clockSkewMax();
}
