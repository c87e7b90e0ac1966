package parley.ingest.problem;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/// How much was refused, by the type of problem. All types are there from the start, so that the
/// first of a type is a rise from nought.
@Startup
@Singleton
public final class Refusals {
    private final Map<String, Counter> events;
    private final Map<String, Counter> requests;
    private final Map<String, Counter> dryRuns;

    Refusals(MeterRegistry metrics) {
        events = counters(metrics, "parley.ingest.events.refused", "Events of streams and batches");
        requests = counters(metrics, "parley.ingest.requests.refused", "Requests, each as a whole");
        dryRuns = counters(metrics, "parley.ingest.dry.runs.refused", "Dry runs, each as a whole");
    }

    private static Map<String, Counter> counters(
            MeterRegistry metrics, String name, String description) {
        return Arrays.stream(ProblemKind.values())
                .collect(
                        Collectors.toUnmodifiableMap(
                                ProblemKind::address,
                                kind ->
                                        Counter.builder(name)
                                                .description(description)
                                                .tag("problem", kind.slug())
                                                .register(metrics)));
    }

    /// Counts one event of a stream or batch.
    ///
    /// @param type the address of a kind of problem
    public void countEvent(String type) {
        count(events, type);
    }

    /// Counts one request. One that was to publish nothing is not among those that should have.
    void countRequest(Problem problem, boolean isDryRun) {
        count(isDryRun ? dryRuns : requests, problem.type());
    }

    private static void count(Map<String, Counter> counters, String type) {
        Counter counter = counters.get(type);
        if (counter == null) {
            throw new IllegalArgumentException("There is no kind of problem at " + type);
        }
        counter.increment();
    }
}
