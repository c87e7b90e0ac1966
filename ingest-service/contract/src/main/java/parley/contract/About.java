package parley.contract;

import static parley.contract.Required.idOrNone;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/// What a claim is about: one exchange, one agreement, or, with neither, the conflict as a whole.
public record About(@Nullable String exchange, @Nullable String agreement) {
    public About {
        idOrNone(exchange, "exchange");
        idOrNone(agreement, "agreement");
        if (exchange != null && agreement != null) {
            throw new IllegalArgumentException(
                    "A claim is about an exchange or an agreement, not about both.");
        }
    }

    /// Whether it is the conflict as a whole.
    @JsonIgnore
    public boolean isConflict() {
        return exchange == null && agreement == null;
    }
}
