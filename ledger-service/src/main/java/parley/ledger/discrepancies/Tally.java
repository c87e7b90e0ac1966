package parley.ledger.discrepancies;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import parley.contract.Quantity;
import parley.ledger.discrepancies.Dispute.Saying;

/// How the figures of a claimant fared beside those of the others: counts, and no judgement.
///
/// @param party the one he speaks for; null where it is none, or not always the same
/// @param transfers of how many transfers he has stated a number
/// @param compared of how many of these the other side has stated one, too: the claimants of other
///     parties, or the ledger, where its number is the word of another party; without a party of
///     his own, everyone else
/// @param agreed of how many of those no such number differs from his in the end
/// @param moved how often he came to a figure that somebody else had stated before
/// @param followed how often somebody else came to his
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Tally(
        String claimant,
        @Nullable String party,
        int transfers,
        int compared,
        int agreed,
        int moved,
        int followed) {

    /// What one transfer adds.
    ///
    /// @param editions what the ledger has held
    /// @param statedBy the parties whose word the ledger's number is
    /// @param claims by the day they were stated, then by the log
    static <C> List<Tally> of(
            Quantity ledger, Editions editions, Set<String> statedBy, List<Saying<C>> claims) {
        var newest = new LinkedHashMap<String, Saying<C>>();
        claims.forEach(it -> newest.put(it.claimant(), it));
        List<Move> moves = Move.among(editions, claims);
        var tallies = new ArrayList<Tally>();
        for (Saying<C> own : newest.values()) {
            if (own.quantity().count() != null) {
                List<Quantity> others = others(own, ledger, statedBy, List.copyOf(newest.values()));
                String name = own.claimant();
                tallies.add(
                        new Tally(
                                name,
                                own.party(),
                                1,
                                others.isEmpty() ? 0 : 1,
                                others.isEmpty() || differ(own.quantity(), others) ? 0 : 1,
                                (int)
                                        moves.stream()
                                                .filter(it -> it.side() == null)
                                                .filter(it -> it.claimant().equals(name))
                                                .count(),
                                (int)
                                        moves.stream()
                                                .filter(it -> it.saidBy().contains(name))
                                                .count()));
            }
        }
        return tallies;
    }

    private static <C> List<Quantity> others(
            Saying<C> own, Quantity ledger, Set<String> statedBy, List<Saying<C>> newest) {
        String party = own.party();
        var others = new ArrayList<Quantity>();
        if (party == null || statedBy.stream().anyMatch(it -> !it.equals(party))) {
            others.add(ledger);
        }
        newest.stream()
                .filter(it -> !it.claimant().equals(own.claimant()))
                .filter(it -> party == null || isOfAnother(it.party(), party))
                .forEach(it -> others.add(it.quantity()));
        others.removeIf(it -> it.count() == null);
        return others;
    }

    private static boolean isOfAnother(@Nullable String party, String own) {
        return party != null && !party.equals(own);
    }

    private static boolean differ(Quantity own, List<Quantity> others) {
        return others.stream().anyMatch(it -> !it.canBe(own));
    }

    /// Both together, of one claimant.
    Tally plus(Tally other) {
        return new Tally(
                claimant,
                Objects.equals(party, other.party) ? party : null,
                transfers + other.transfers,
                compared + other.compared,
                agreed + other.agreed,
                moved + other.moved,
                followed + other.followed);
    }
}
