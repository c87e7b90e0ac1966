package parley.ledger.fold;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import parley.contract.Direction;

/// What each party handed over and received, and in how many exchanges, in words that compare.
///
/// @param figures by `conflict/party/received/category`
/// @param exchanges by `conflict/party`
public record PartyTotals(Map<String, Figure> figures, Map<String, Set<String>> exchanges) {
    public PartyTotals() {
        this(new TreeMap<>(), new TreeMap<>());
    }

    /// Adds a transfer, for both its parties.
    public void post(String conflict, String exchange, Direction direction, Figure figure) {
        post(conflict + "/" + direction.from(), "handedOver", exchange, direction, figure);
        post(conflict + "/" + direction.to(), "received", exchange, direction, figure);
    }

    private void post(
            String party, String side, String exchange, Direction direction, Figure figure) {
        String account = party + "/" + side + "/" + direction.category().wire();
        figures.merge(account, figure, Figure::plus);
        exchanges.computeIfAbsent(party, _ -> new HashSet<>()).add(exchange);
    }
}
