package parley.contract;

import org.jspecify.annotations.Nullable;

/// What a claim is about: one exchange, one agreement, or, with neither, the conflict as a whole.
public record About(@Nullable String exchange, @Nullable String agreement) {
    public About {
        if (exchange != null && agreement != null) {
            throw new IllegalArgumentException(
                    "A claim is about an exchange or an agreement, not about both.");
        }
    }
}
