package parley.ledger.reconciliation;

import jakarta.ws.rs.QueryParam;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;
import parley.ledger.views.Moment;
import parley.ledger.views.ReadException;

/// Which totals are wanted.
public class ReconciliationFilter {
    @Parameter(description = "Only what a claimant of that name says")
    @QueryParam("claimant")
    @Nullable String claimant;

    @Parameter(description = "Only what is said for that party")
    @QueryParam("party")
    @Nullable String party;

    @Parameter(description = "`agrees`, `within`, `undecidable`, `ledger-short` or `ledger-over`")
    @QueryParam("verdict")
    @Nullable String verdict;

    @Parameter(description = "Only what was stated from that day on, e.g. 2025-06-11")
    @QueryParam("since")
    @Nullable String since;

    @Parameter(description = "Only what was stated up to that day, which is included")
    @QueryParam("until")
    @Nullable String until;

    /// What tells them, once each parameter is read.
    ///
    /// @throws ReadException where one is not what it must be
    Predicate<Finding> wanted() {
        Verdict wanted = verdict();
        LocalDate first = Moment.day("since", since);
        LocalDate last = Moment.day("until", until);
        return finding -> {
            Claimed claimed = finding.claimed();
            LocalDate day = claimed.statedOn().last();
            return (claimant == null || claimant.equals(claimed.claimant().name()))
                    && (party == null || party.equals(claimed.claimant().party()))
                    && (wanted == null || wanted == finding.verdict())
                    && (first == null || !day.isBefore(first))
                    && (last == null || !day.isAfter(last));
        };
    }

    private @Nullable Verdict verdict() {
        if (verdict == null) {
            return null;
        }
        return Verdict.named(verdict)
                .orElseThrow(
                        () ->
                                ReadException.badParameter(
                                        "verdict",
                                        "`verdict` is one of %s, not `%s`."
                                                .formatted(
                                                        Arrays.stream(Verdict.values())
                                                                .map(Verdict::wire)
                                                                .collect(Collectors.joining(", ")),
                                                        verdict)));
    }
}
