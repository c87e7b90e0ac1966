package parley.ledger.stream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// What those who listen are told beside the news.
@ConfigMapping(prefix = "parley.ledger.stream")
interface StreamSettings {
    /// How long a line may be silent: for longer, somebody in between may take it for dead. Who has
    /// not taken what he was told after twice as long is cut off.
    @WithDefault("15S")
    Duration heartbeat();
}
