package parley.ledger.changes;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import parley.ledger.changes.ChangeView.Findings;
import parley.ledger.reconciliation.Verdict;

/// How many findings were told, by kind: the verdict on a running total, or `duplicate`. One that
/// several answers tell counts with each of them. All kinds are there from the start, so that the
/// first of a kind is a rise from nought.
@Startup
@ApplicationScoped
class FindingsTold {
    private final Map<Verdict, Counter> gaps = new EnumMap<>(Verdict.class);
    private final Counter duplicates;

    FindingsTold(MeterRegistry registry) {
        Arrays.stream(Verdict.values())
                .filter(verdict -> verdict != Verdict.AGREES)
                .forEach(verdict -> gaps.put(verdict, told(registry, verdict.wire())));
        duplicates = told(registry, "duplicate");
    }

    private static Counter told(MeterRegistry registry, String kind) {
        return Counter.builder("parley.ledger.findings")
                .description("Findings that were told, on the feed or by the stream")
                .tag("kind", kind)
                .register(registry);
    }

    void count(List<ChangeView> changes) {
        changes.forEach(
                change -> {
                    if (change.findings() instanceof Findings(var gap, var likely)) {
                        if (gap != null) {
                            Objects.requireNonNull(gaps.get(gap.verdict())).increment();
                        }
                        duplicates.increment(likely.isEmpty() ? 0 : 1);
                    }
                });
    }
}
