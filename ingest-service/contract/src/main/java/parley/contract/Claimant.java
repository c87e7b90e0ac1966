package parley.contract;

import static parley.contract.Required.present;

import org.jspecify.annotations.Nullable;

/// Who says it. Two statements are of one claimant where the names are the same.
///
/// @param party the party for which the claimant speaks, or null
public record Claimant(String name, @Nullable String office, @Nullable String party) {
    public Claimant {
        present(name, "name");
    }
}
