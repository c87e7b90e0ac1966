package parley.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/// Why there is a count or none. Zero, secret and unsaid are three answers.
public enum CountStatus {
    @JsonProperty("stated")
    STATED("stated"),

    @JsonProperty("withheld")
    WITHHELD("withheld"),

    @JsonProperty("unknown")
    UNKNOWN("unknown");

    private final String wire;

    CountStatus(String wire) {
        this.wire = wire;
    }

    /// The word as it stands in JSON.
    public String wire() {
        return wire;
    }
}
