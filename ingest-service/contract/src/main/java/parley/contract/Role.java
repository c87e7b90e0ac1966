package parley.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What a party is in a conflict: one that fights, or a country that hosts or receives.
public enum Role {
    @JsonProperty("side")
    SIDE("side"),

    @JsonProperty("third")
    THIRD("third");

    private final String wire;

    Role(String wire) {
        this.wire = wire;
    }

    /// The word as it stands in JSON.
    public String wire() {
        return wire;
    }
}
