package parley.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/// Who or what is handed over, in the order in which answers list them.
///
/// The legal terms are those of the Third Geneva Convention (prisoners of war), the Fourth
/// (civilians) and Additional Protocol I, article 34 (remains).
public enum Category {
    @JsonProperty("prisoner-of-war")
    PRISONER_OF_WAR("prisoner-of-war"),

    @JsonProperty("civilian")
    CIVILIAN("civilian"),

    @JsonProperty("child")
    CHILD("child"),

    @JsonProperty("remains")
    REMAINS("remains"),

    @JsonProperty("unspecified")
    UNSPECIFIED("unspecified");

    private final String wire;

    Category(String wire) {
        this.wire = wire;
    }

    /// The word as it stands in JSON.
    public String wire() {
        return wire;
    }
}
