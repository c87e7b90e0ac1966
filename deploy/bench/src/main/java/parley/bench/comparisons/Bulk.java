package parley.bench.comparisons;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import parley.bench.lab.Lab;
import parley.bench.lab.Labs;
import parley.bench.lab.LoadedLab;
import parley.bench.lab.Peer;
import parley.bench.lab.Told;
import parley.bench.measured.Alternation;
import parley.bench.measured.Contender;
import parley.bench.measured.Measured;
import parley.bench.measured.Metric;
import parley.bench.peer.BareProducer;
import parley.contract.Topic;
import parley.local.GeneratedLog;

/// An archive, as one stream of lines, each checked and acknowledged by the log.
final class Bulk implements Comparison {
    private static final int EVENTS_BEFORE = 1_000;
    private static final long SEED = 42;

    @Override
    public String name() {
        return "bulk";
    }

    @Override
    public void run(Labs labs, Size size, Alternation alternation) throws Exception {
        Lab lab = labs.of(EVENTS_BEFORE).lab();
        Path events = GeneratedLog.write(lab.folder().resolve("bulk.ndjson"), SEED, size.events());
        lab.ingest();
        alternation.run(
                name(),
                "%,d events as NDJSON".formatted(size.events()),
                List.of(
                        new Contender("ingest-service", () -> post(lab, events, size)),
                        new Contender(
                                "bare producer, the same bytes", () -> produce(lab, events))));
    }

    private static Measured post(Lab lab, Path events, Size size)
            throws IOException, InterruptedException {
        long begun = System.nanoTime();
        LoadedLab.send(lab, events, size.events() + 1);
        double seconds = (System.nanoTime() - begun) / 1e9;
        return Measured.of(Metric.EVENTS, size.events() / seconds);
    }

    private static Measured produce(Lab lab, Path events) throws IOException, InterruptedException {
        try (Peer peer =
                Peer.start(
                        lab,
                        BareProducer.class,
                        lab.bootstrapServers(),
                        Topic.EXCHANGE_EVENTS.wire(),
                        "lines",
                        events.toString())) {
            return Measured.of(Metric.EVENTS, Told.rate(peer.awaitDone()));
        }
    }
}
