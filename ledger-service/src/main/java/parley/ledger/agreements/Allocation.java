package parley.ledger.agreements;

import java.util.ArrayList;
import java.util.List;
import parley.contract.Category;
import parley.contract.Commitment;
import parley.contract.Direction;
import parley.ledger.fold.Figure;

/// Which commitment each transfer under an agreement fulfils.
///
/// Commitments of one from–to–category are fulfilled in their order, and the last of them takes
/// what is over. What was committed as `unspecified` is fulfilled by every category of that
/// direction that has no commitment of its own.
final class Allocation {
    private Allocation() {}

    /// What was handed over under the agreement in one direction.
    record Transferred(Direction direction, Figure figure) {}

    /// The share of each commitment, in their order.
    static List<Figure> of(List<Commitment> commitments, List<Transferred> transferred) {
        var shares = new ArrayList<Figure>();
        for (int place = 0; place < commitments.size(); place++) {
            Commitment commitment = commitments.get(place);
            Figure left = figure(commitment, commitments, transferred);
            for (int earlier = 0; earlier < place; earlier++) {
                if (commitments.get(earlier).direction().equals(commitment.direction())) {
                    left = left.minus(shares.get(earlier));
                }
            }
            shares.add(isLast(place, commitments) ? left : filled(commitment, left));
        }
        return shares;
    }

    private static Figure figure(
            Commitment commitment, List<Commitment> all, List<Transferred> transferred) {
        return transferred.stream()
                .filter(it -> fulfils(it.direction(), commitment, all))
                .map(Transferred::figure)
                .reduce(Figure.NONE, Figure::plus);
    }

    private static boolean fulfils(
            Direction direction, Commitment commitment, List<Commitment> all) {
        return direction.equals(commitment.direction())
                || (commitment.category() == Category.UNSPECIFIED
                        && direction.from().equals(commitment.from())
                        && direction.to().equals(commitment.to())
                        && all.stream().noneMatch(it -> it.direction().equals(direction)));
    }

    private static boolean isLast(int place, List<Commitment> all) {
        return all.stream()
                .skip(place + 1L)
                .noneMatch(it -> it.direction().equals(all.get(place).direction()));
    }

    /// As much as was committed, if there is as much.
    private static Figure filled(Commitment commitment, Figure left) {
        Integer count = commitment.count();
        if (count == null) {
            return left;
        }
        return new Figure(
                Math.min(left.best(), count),
                Math.min(left.low(), count),
                Math.min(left.high(), count),
                Math.min(left.disputed(), count),
                0);
    }
}
