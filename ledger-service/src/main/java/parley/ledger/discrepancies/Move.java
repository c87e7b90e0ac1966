package parley.ledger.discrepancies;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import parley.contract.Quantity;
import parley.ledger.discrepancies.Dispute.Saying;

/// That a claimant came to a figure that somebody else had stated before.
///
/// @param on the day on which he stated it
/// @param saidBy the claimants who held it by then; none where the ledger alone did
public record Move(String claimant, LocalDate on, int from, int to, List<String> saidBy) {
    public Move {
        saidBy = List.copyOf(saidBy);
    }

    /// All of them about one transfer, oldest first.
    ///
    /// @param claims by the day they were stated, then by the log
    static <C> List<Move> among(Quantity ledger, List<Saying<C>> claims) {
        var moves = new ArrayList<Move>();
        var counts = new LinkedHashMap<String, Integer>(); // each claimant's newest
        for (Saying<C> claim : claims) {
            Integer to = claim.quantity().count();
            Integer from =
                    to == null ? counts.remove(claim.claimant()) : counts.put(claim.claimant(), to);
            if (to != null && from != null && !from.equals(to)) {
                List<String> saidBy =
                        counts.entrySet().stream()
                                .filter(it -> it.getValue().equals(to))
                                .map(Map.Entry::getKey)
                                .filter(it -> !it.equals(claim.claimant()))
                                .toList();
                if (!saidBy.isEmpty() || to.equals(ledger.count())) {
                    moves.add(new Move(claim.claimant(), claim.day(), from, to, saidBy));
                }
            }
        }
        return moves;
    }
}
