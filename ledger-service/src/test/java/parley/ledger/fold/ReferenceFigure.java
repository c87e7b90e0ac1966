package parley.ledger.fold;

import static java.util.Comparator.comparing;
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
import parley.contract.Exchange;
import parley.contract.Quantity;
import parley.contract.Transfer;

/// What the contract says a transfer counts as, in the light of what is claimed of its exchange.
final class ReferenceFigure {
    private ReferenceFigure() {}

    /// Adds what the transfers of an exchange count as. The claims come in the order of the log.
    static void post(String id, Exchange exchange, List<Claim> claims, PartyTotals totals) {
        var inTime = claims.stream().sorted(comparing(claim -> claim.statedOn().last())).toList();
        for (Transfer transfer : exchange.transfers()) {
            totals.post(exchange.conflict(), id, transfer.direction(), figure(transfer, inTime));
        }
    }

    /// Of each claimant, the last claim counts.
    private static Figure figure(Transfer transfer, List<Claim> claims) {
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
