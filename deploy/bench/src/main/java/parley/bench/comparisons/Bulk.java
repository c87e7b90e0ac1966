package parley.bench.comparisons;

import java.io.IOException;
import java.util.List;
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

/// An archive, as one stream of lines, each checked and acknowledged by the log.
final class Bulk implements Comparison {
    @Override
    public String name() {
        return "bulk";
    }

    @Override
    public void run(Labs labs, Size size, Alternation alternation) throws Exception {
        LoadedLab loaded = labs.of(size.events());
        loaded.lab().ingest();
        try {
            alternation.run(
                    name(),
                    "%,d events as NDJSON".formatted(size.events()),
                    List.of(
                            new Contender("ingest-service", () -> post(loaded, size)),
                            new Contender("bare producer, the same bytes", () -> send(loaded))));
        } finally {
            labs.renew(); // What it has put on the log is not to be read by others.
        }
    }

    private static Measured post(LoadedLab loaded, Size size)
            throws IOException, InterruptedException {
        long begun = System.nanoTime();
        LoadedLab.send(loaded.lab(), loaded.events(), size.events() + 1);
        double seconds = (System.nanoTime() - begun) / 1e9;
        return Measured.of(Metric.EVENTS, size.events() / seconds);
    }

    private static Measured send(LoadedLab loaded) throws IOException, InterruptedException {
        try (Peer peer =
                Peer.start(
                        loaded.lab(),
                        BareProducer.class,
                        loaded.lab().bootstrapServers(),
                        Topic.EXCHANGE_EVENTS.wire(),
                        "lines",
                        loaded.events().toString())) {
            return Measured.of(Metric.EVENTS, Told.rate(peer.awaitDone()));
        }
    }
}
