package parley.ledger.fold;

import static java.util.Objects.requireNonNullElse;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import parley.contract.Assertion.Count;
import parley.contract.Assertion.Denial;
import parley.contract.Assertion.Misidentified;
import parley.contract.Claim;
import parley.contract.Quantity;
import parley.contract.Transfer;

/// What the contract says a transfer counts as, in the light of what is claimed of its exchange.
final class ReferenceFigure {
    private ReferenceFigure() {}

    /// Takes the claims from the oldest to the newest: of each claimant, the last one counts.
    static Figure of(Transfer transfer, List<Claim> claims) {
        int best = requireNonNullElse(transfer.count(), 0);
        var counts = new HashMap<>(Map.of("the transfer itself", transfer.quantity()));
        var disputes = new HashMap<>(Map.of("nobody", 0));
        for (Claim claim : claims) {
            String claimant = claim.claimant().name();
            if (claim.assertion() instanceof Count count
                    && count.direction().equals(transfer.direction())) {
                counts.put(claimant, count.quantity());
            } else if (claim.assertion() instanceof Misidentified some
                    && some.direction().equals(transfer.direction())) {
                disputes.put(claimant, requireNonNullElse(some.count(), best));
            } else if (claim.assertion() instanceof Denial denial && denial.claim() == null) {
                disputes.put(claimant, requireNonNullElse(denial.count(), best));
            }
        }
        var figures = counts.values().stream().flatMap(ReferenceFigure::figures).toList();
        if (transfer.count() == null) {
            return new Figure(0, 0, figures.stream().reduce(0, Math::max), 0, 1);
        }
        return new Figure(
                best,
                Collections.min(figures),
                Collections.max(figures),
                Math.min(best, Collections.max(disputes.values())),
                0);
    }

    private static Stream<Integer> figures(Quantity quantity) {
        return Stream.of(quantity.low(), quantity.count(), quantity.high())
                .filter(Objects::nonNull);
    }
}
