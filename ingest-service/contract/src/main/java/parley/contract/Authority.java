package parley.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/// The role under which an event was sent: an editor may speak for every publisher.
public enum Authority {
    @JsonProperty("publisher")
    PUBLISHER("publisher"),

    @JsonProperty("editor")
    EDITOR("editor");

    private final String wire;

    Authority(String wire) {
        this.wire = wire;
    }

    /// The word as it stands in JSON.
    public String wire() {
        return wire;
    }
}
