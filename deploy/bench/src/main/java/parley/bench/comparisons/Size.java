package parley.bench.comparisons;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/// How much is done in each run. What is measured is a rate or a time, so sizes differ only in how
/// well the numbers stand.
///
/// @param events on the log of most comparisons
/// @param jpaEvents how many of them the consumer with a transaction for each is given
/// @param loadFor how long callers call, after as long to warm up at the peak, or a tenth of it at
///     half the peak
/// @param quietFor how long it is counted what is done while nothing happens
/// @param connections of those who read
/// @param publishers how many connections of those who publish
/// @param growth lengths of the log, shortest first
/// @param cores of which a service that is started is told
/// @param probes of the time until an event is seen
public record Size(
        int events,
        int jpaEvents,
        Duration loadFor,
        Duration quietFor,
        List<Integer> connections,
        List<Integer> publishers,
        List<Integer> growth,
        List<Integer> cores,
        int probes) {
    private static final int WARM_UPS_IN_LOAD = 10;

    public Size {
        connections = List.copyOf(connections);
        publishers = List.copyOf(publishers);
        growth = List.copyOf(growth);
        cores = List.copyOf(cores);
    }

    /// For numbers to be shown.
    public static Size full(int growthMax) {
        return new Size(
                1_000_000,
                30_000,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                List.of(64, 1_000),
                List.of(1, 16, 64),
                decades(growthMax),
                List.of(1, 2),
                1_000);
    }

    /// To see that all of it runs.
    public static Size quick() {
        return new Size(
                15_000,
                500,
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                List.of(64),
                List.of(16),
                List.of(5_000, 15_000),
                List.of(1),
                20);
    }

    /// The same with another length of the log.
    public Size of(int eventsWanted) {
        return new Size(
                eventsWanted,
                Math.min(jpaEvents, eventsWanted),
                loadFor,
                quietFor,
                connections,
                publishers,
                growth,
                cores,
                probes);
    }

    /// The same with callers who call for another while.
    public Size loadedFor(Duration wanted) {
        return new Size(
                events,
                jpaEvents,
                wanted,
                quietFor,
                connections,
                publishers,
                growth,
                cores,
                probes);
    }

    private static List<Integer> decades(int max) {
        return IntStream.iterate(10_000, events -> events <= max, events -> events * 10)
                .boxed()
                .toList();
    }

    /// How long callers who called at the peak just now call at half of it before they count.
    Duration warmUp() {
        return loadFor.dividedBy(WARM_UPS_IN_LOAD);
    }
}
