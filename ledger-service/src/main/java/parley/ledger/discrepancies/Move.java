package parley.ledger.discrepancies;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.ledger.discrepancies.Dispute.Saying;

/// That a claimant, or by him his side, came to a figure that somebody else had stated before.
///
/// @param side the party that came to it by him, where it is not his own figure that he left but
///     the last one of his side, for that of another; else null
/// @param on the day on which he stated it
/// @param saidBy the claimants who held it by then; none where the ledger alone did
public record Move(
        String claimant,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String side,
        LocalDate on,
        int from,
        int to,
        List<String> saidBy) {
    public Move {
        saidBy = List.copyOf(saidBy);
    }

    /// All of them about one transfer, oldest first.
    ///
    /// @param ledger whose number counts that it held when a claim came
    /// @param claims by the day they were stated, then by the log
    static <C> List<Move> among(Editions ledger, List<Saying<C>> claims) {
        var moves = new ArrayList<Move>();
        var newest = new LinkedHashMap<String, Saying<C>>(); // each claimant's count
        var sides = new HashMap<String, Integer>(); // the last count of each party
        for (Saying<C> claim : claims) {
            Integer to = claim.quantity().count();
            if (to == null) {
                newest.remove(claim.claimant());
                continue;
            }
            Saying<C> own = newest.put(claim.claimant(), claim);
            String party = claim.party();
            Integer ofSide = party == null ? null : sides.put(party, to);
            Integer from = own == null ? ofSide : own.quantity().count();
            if (from != null && !from.equals(to)) {
                String side = own == null ? party : null;
                List<String> saidBy = saidBy(to, claim, side, newest.values());
                if (!saidBy.isEmpty() || (side == null && to.equals(ledger.count(claim.at())))) {
                    moves.add(new Move(claim.claimant(), side, claim.day(), from, to, saidBy));
                }
            }
        }
        return moves;
    }

    /// @param side of which nobody is wanted
    private static <C> List<String> saidBy(
            Integer figure, Saying<C> claim, @Nullable String side, Collection<Saying<C>> newest) {
        return newest.stream()
                .filter(it -> figure.equals(it.quantity().count()))
                .filter(it -> !it.claimant().equals(claim.claimant()))
                .filter(it -> side == null || !side.equals(it.party()))
                .map(Saying::claimant)
                .toList();
    }
}
