package parley.contract;

import static parley.contract.Required.code;
import static parley.contract.Required.present;

/// One that hands over or receives.
///
/// @param party its short code, e.g. `UA`
public record Party(String party, String name, Role role) {
    public Party {
        code(party, "party");
        present(name, "name");
        present(role, "role");
    }
}
