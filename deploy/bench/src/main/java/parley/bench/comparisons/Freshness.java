package parley.bench.comparisons;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.HdrHistogram.Histogram;
import parley.bench.lab.Lab;
import parley.bench.lab.Labs;
import parley.bench.lab.Ledger;
import parley.bench.lab.LogProbe;
import parley.bench.load.Audience;
import parley.bench.load.Call;
import parley.bench.load.Load;
import parley.bench.measured.Alternation;
import parley.bench.measured.Contender;
import parley.bench.measured.Measured;
import parley.bench.measured.Metric;

/// How long after the 202 somebody who listens is told totals that show it, while others publish,
/// too.
final class Freshness implements Comparison {
    private static final int EVENTS_BEFORE = 1_000;
    private static final List<Integer> RATES = List.of(100, 1_000);
    private static final int CONNECTIONS = 16;
    private static final int DIGITS = 3;
    private static final Metric BESIDE = new Metric("published beside", "events/s");

    @Override
    public String name() {
        return "freshness";
    }

    @Override
    public void run(Labs labs, Size size, Alternation alternation) throws Exception {
        Lab lab = labs.of(EVENTS_BEFORE).lab();
        Call publication = Report.call(lab, lab.ingest());
        try (Ledger ledger = lab.ledger(Map.of());
                var load = new Load();
                var log = new LogProbe(lab.bootstrapServers())) {
            ledger.service().start();
            try (var listener = Audience.listening(ledger.address().resolve(Ledger.STREAM), 1)) {
                Timed told = () -> listener.publish(publication).getMaxValue();
                for (int rate : RATES) {
                    var others = new Others(load, publication, rate, size.loadFor());
                    alternation.run(
                            name(),
                            "%,d events a second".formatted(rate),
                            List.of(
                                    new Contender(
                                            "from the 202 to the stream",
                                            () -> others.beside(told, size.probes())),
                                    new Contender(
                                            "limit: from a producer to a consumer",
                                            () -> others.beside(log::seenNanos, size.probes()))));
                }
            }
        }
    }

    /// One thing that is timed.
    private interface Timed {
        long nanos() throws Exception;
    }

    /// Those who publish beside.
    private record Others(Load load, Call publication, int rate, Duration slice) {
        Measured beside(Timed timed, int probes) throws Exception {
            var isEnough = new AtomicBoolean();
            var publishing =
                    CompletableFuture.supplyAsync(
                            () -> publish(isEnough), task -> Thread.ofVirtual().start(task));
            var histogram = new Histogram(DIGITS);
            try {
                for (int probe = -probes / 10; probe < probes; probe++) {
                    long nanos = timed.nanos();
                    if (probe >= 0) {
                        histogram.recordValue(nanos);
                    }
                }
            } finally {
                isEnough.set(true);
            }
            return Measured.of(Metric.P99, histogram.getValueAtPercentile(99) / 1e6)
                    .and(Metric.P50, histogram.getValueAtPercentile(50) / 1e6)
                    .and(BESIDE, publishing.join());
        }

        /// How many a second there were, of those that were to be.
        private double publish(AtomicBoolean isEnough) {
            double rates = 0;
            int slices = 0;
            do {
                rates +=
                        load.steady(publication, CONNECTIONS, rate, Duration.ZERO, slice)
                                .values()
                                .getOrDefault(Metric.REQUESTS, 0.0);
                slices++;
            } while (!isEnough.get());
            return rates / slices;
        }
    }
}
