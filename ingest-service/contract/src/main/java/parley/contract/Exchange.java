package parley.contract;

import static parley.contract.Required.atLeastOne;
import static parley.contract.Required.id;
import static parley.contract.Required.idOrNone;
import static parley.contract.Required.orNone;
import static parley.contract.Required.present;

import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One handover that took place.
///
/// @param agreement the deal it went under, or null
/// @param transfers at most one for each from–to–category
public record Exchange(
        String conflict,
        EdtfDate occurredOn,
        @Nullable String place,
        @Nullable String agreement,
        List<String> mediators,
        List<Transfer> transfers,
        @Nullable String summary,
        List<Source> sources)
        implements Statement {
    public Exchange {
        id(conflict, "conflict");
        idOrNone(agreement, "agreement");
        present(occurredOn, "occurredOn");
        mediators = orNone(mediators, "mediators");
        transfers = atLeastOne(transfers, "transfers");
        sources = atLeastOne(sources, "sources");
        var directions = new HashSet<Direction>();
        for (Transfer transfer : transfers) {
            if (!directions.add(transfer.direction())) {
                throw new IllegalArgumentException(
                        "Two transfers go from %s to %s as %s: an exchange has one of each."
                                .formatted(
                                        transfer.from(),
                                        transfer.to(),
                                        transfer.category().wire()));
            }
        }
    }

    /// The deal that a transfer of this exchange went under: its own, or else the exchange's.
    public @Nullable String agreementOf(Transfer transfer) {
        return transfer.agreement() == null ? agreement : transfer.agreement();
    }
}
