package parley.contract;

import static parley.contract.Required.atLeastOne;
import static parley.contract.Required.id;
import static parley.contract.Required.orNone;
import static parley.contract.Required.present;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a named claimant said on a day. The ledger keeps them all and takes no side.
///
/// @param statement the words, or a paraphrase of them
/// @param language of the statement, as BCP 47 writes it
public record Claim(
        String conflict,
        EdtfDate statedOn,
        Claimant claimant,
        About about,
        Assertion assertion,
        @Nullable String statement,
        @Nullable String language,
        List<Evidence> evidence,
        List<Source> sources)
        implements Statement {
    public Claim {
        id(conflict, "conflict");
        present(statedOn, "statedOn");
        present(claimant, "claimant");
        present(about, "about");
        present(assertion, "assertion");
        evidence = orNone(evidence, "evidence");
        sources = atLeastOne(sources, "sources");
        if (assertion instanceof Assertion.Count && about.isConflict()) {
            throw new IllegalArgumentException(
                    "A `count` is about one exchange or agreement: name it in `about`.");
        }
    }
}
