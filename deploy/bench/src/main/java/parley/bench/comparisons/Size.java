package parley.bench.comparisons;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/// How much is done in each run. What is measured is a rate or a time, so sizes differ only in how
/// well the numbers stand.
///
/// @param events on the log of most comparisons
/// @param jpaEvents how many of them the consumer with a transaction for each is given
/// @param loadFor how long callers call, after as long to warm up
/// @param connections of those who read
/// @param growth lengths of the log, shortest first
/// @param probes of the time until an event is seen
public record Size(
        int events,
        int jpaEvents,
        Duration loadFor,
        List<Integer> connections,
        List<Integer> growth,
        int probes) {
    public Size {
        connections = List.copyOf(connections);
        growth = List.copyOf(growth);
    }

    /// For numbers to be shown.
    public static Size full(int growthMax) {
        return new Size(
                1_000_000,
                30_000,
                Duration.ofSeconds(10),
                List.of(64, 1_000),
                decades(growthMax),
                1_000);
    }

    /// To see that all of it runs.
    public static Size quick() {
        return new Size(
                60_000, 2_000, Duration.ofSeconds(1), List.of(64), List.of(30_000, 100_000), 100);
    }

    /// The same with another length of the log.
    public Size of(int eventsWanted) {
        return new Size(
                eventsWanted,
                Math.min(jpaEvents, eventsWanted),
                loadFor,
                connections,
                growth,
                probes);
    }

    private static List<Integer> decades(int max) {
        return IntStream.iterate(10_000, events -> events <= max, events -> events * 10)
                .boxed()
                .toList();
    }
}
