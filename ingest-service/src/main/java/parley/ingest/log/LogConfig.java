package parley.ingest.log;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;

/// Under which name ingest is known.
@ConfigMapping(prefix = "parley")
public interface LogConfig {
    /// Where others reach this service: the addresses of schemas on the log begin with it.
    @WithName("public-url")
    String publicUrl();
}
