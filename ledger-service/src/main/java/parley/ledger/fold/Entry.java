package parley.ledger.fold;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import parley.contract.Direction;
import parley.contract.Quantity;

/// One line of the ledger: the effect of one transfer, as one event stated it.
///
/// @param statedAt the event that stated the transfer
/// @param leg the transfer's place in that event, from 0
/// @param validOn the last day that the exchange's date covers: from then on it counts
/// @param agreement the deal it went under, or null
/// @param quantity as it was stated
/// @param figure as it counts, in the light of the claims about it
public record Entry(
        Coordinates statedAt,
        int leg,
        String conflict,
        String exchange,
        LocalDate validOn,
        Direction direction,
        @Nullable String agreement,
        Quantity quantity,
        Figure figure) {

    /// What names the transfer, whichever event stated it last.
    record Key(String exchange, Direction direction) {}

    Key key() {
        return new Key(exchange, direction);
    }
}
