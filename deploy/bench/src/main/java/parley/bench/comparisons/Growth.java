package parley.bench.comparisons;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import parley.bench.lab.Labs;
import parley.bench.lab.Ledger;
import parley.bench.lab.LoadedLab;
import parley.bench.load.Call;
import parley.bench.load.Load;
import parley.bench.measured.Alternation;
import parley.bench.measured.Contender;
import parley.bench.measured.Measured;
import parley.bench.measured.Metric;

/// The same at ten times the length of the log: what does not grow with it is flat.
final class Growth implements Comparison {
    private static final int CONNECTIONS = 64;
    private static final int READS_PER_SECOND = 2_000;
    private static final int OK = 200;

    /// Of which the shortest log has some.
    private static final Map<String, String> SMALL_BATCHES =
            Map.of("PARLEY_LEDGER_INTAKE_BATCH_RECORDS_MAX", "2000");

    private static final Metric READ_P99 =
            new Metric("p99 of %,d reads a second".formatted(READS_PER_SECOND), "ms");

    @Override
    public String name() {
        return "growth";
    }

    @Override
    public void run(Labs labs, Size size, Alternation alternation) throws Exception {
        var contenders = new ArrayList<Contender>();
        for (int events : size.growth().reversed()) {
            contenders.add(
                    new Contender(
                            "%,d events".formatted(events), () -> measure(labs.of(events), size)));
        }
        alternation.run(name(), "a log ten times as long", List.copyOf(contenders));
    }

    private static Measured measure(LoadedLab loaded, Size size) throws Exception {
        try (Ledger ledger = loaded.lab().ledger(SMALL_BATCHES);
                var load = new Load()) {
            double rate = ledger.catchUp(loaded.log().records()).rate();
            double memory = ledger.peakMemory();
            Call call = Call.get(ledger.address().resolve(Ledger.TOTALS), Map.of(), OK);
            Measured read =
                    load.steady(
                            call, CONNECTIONS, READS_PER_SECOND, size.loadFor(), size.loadFor());
            return Measured.of(Metric.EVENTS, rate)
                    .and(READ_P99, read.values().getOrDefault(Metric.P99, 0.0))
                    .and(Metric.MEMORY, memory);
        }
    }
}
