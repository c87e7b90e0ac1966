package parley.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/// How exactly a count is meant. `all` and `offer` are for commitments only.
public enum Qualifier {
    @JsonProperty("exact")
    EXACT("exact"),

    @JsonProperty("about")
    ABOUT("about"),

    @JsonProperty("at-least")
    AT_LEAST("at-least"),

    @JsonProperty("at-most")
    AT_MOST("at-most"),

    @JsonProperty("all")
    ALL("all"),

    @JsonProperty("offer")
    OFFER("offer");

    private final String wire;

    Qualifier(String wire) {
        this.wire = wire;
    }

    /// The word as it stands in JSON.
    public String wire() {
        return wire;
    }
}
