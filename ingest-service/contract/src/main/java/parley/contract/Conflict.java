package parley.contract;

import static parley.contract.Required.atLeastOne;
import static parley.contract.Required.present;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a ledger is kept for.
///
/// @param since when it began, or null where nobody says
/// @param parties two sides or more, and the countries that host or receive
public record Conflict(String name, @Nullable EdtfDate since, List<Party> parties)
        implements Statement {
    public Conflict {
        present(name, "name");
        parties = atLeastOne(parties, "parties");
        var codes = new HashSet<String>();
        for (Party party : parties) {
            if (!codes.add(party.party())) {
                throw new IllegalArgumentException("Party " + party.party() + " is named twice.");
            }
        }
        if (parties.stream().filter(party -> party.role() == Role.SIDE).count() < 2) {
            throw new IllegalArgumentException("A conflict has two sides or more.");
        }
    }

    /// The party of that code, if the conflict has it.
    public Optional<Party> party(String code) {
        for (Party party : parties) { // Not a stream: asked for every party of a log of millions.
            if (party.party().equals(code)) {
                return Optional.of(party);
            }
        }
        return Optional.empty();
    }
}
