package parley.contract;

import static parley.contract.Required.atLeastOne;
import static parley.contract.Required.id;
import static parley.contract.Required.orNone;
import static parley.contract.Required.present;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What parties have undertaken.
///
/// @param commitments several may be of one from–to–category: they are fulfilled in their order
public record Agreement(
        String conflict,
        String title,
        EdtfDate concludedOn,
        @Nullable String place,
        List<String> mediators,
        List<Commitment> commitments,
        @Nullable String summary,
        List<Source> sources)
        implements Statement {
    public Agreement {
        id(conflict, "conflict");
        present(title, "title");
        present(concludedOn, "concludedOn");
        mediators = orNone(mediators, "mediators");
        commitments = atLeastOne(commitments, "commitments");
        sources = atLeastOne(sources, "sources");
    }
}
