package parley.bench.comparisons;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import parley.bench.lab.Lab;
import parley.bench.lab.Labs;
import parley.bench.lab.Peer;
import parley.bench.load.Call;
import parley.bench.load.Load;
import parley.bench.measured.Alternation;
import parley.bench.measured.Contender;
import parley.bench.measured.Measured;
import parley.bench.measured.Metric;
import parley.bench.peer.BareProducer;
import parley.bench.peer.EchoServer;
import parley.contract.Topic;

/// Reports one by one, to the 202: with a token, checked, and acknowledged by the log.
final class Ingest implements Comparison {
    private static final List<Integer> CONNECTIONS = List.of(1, 16, 64);
    private static final int ACCEPTED = 202;
    private static final int EVENTS_BEFORE = 1_000; // They define the conflict, too.
    private static final Metric P99_AT_HALF = new Metric("p99 at half the peak", "ms");

    @Override
    public String name() {
        return "ingest";
    }

    @Override
    public void run(Labs labs, Size size, Alternation alternation) throws Exception {
        Lab lab = labs.of(EVENTS_BEFORE).lab();
        Path report = Files.writeString(lab.folder().resolve("report.json"), Report.BODY);
        URI ingest = lab.ingest();
        try (Peer echo = Peer.start(lab, EchoServer.class);
                var load = new Load()) {
            URI echoAddress = URI.create("http://127.0.0.1:" + echo.awaitReady());
            for (int connections : CONNECTIONS) {
                var callers = new Callers(lab, load, size, connections, report);
                alternation.run(
                        name(),
                        "POST /v1/exchanges, %d connections".formatted(connections),
                        List.of(
                                callers.of("ingest-service", ingest),
                                callers.of("bare Vert.x that parses and answers", echoAddress),
                                new Contender("bare producer, acks=all", callers::produce)));
            }
        } finally {
            labs.renew();
        }
    }

    private record Callers(Lab lab, Load load, Size size, int connections, Path report) {
        Contender of(String name, URI server) {
            Call call =
                    Call.post(
                            server.resolve("/v1/exchanges"),
                            Report.headers(lab),
                            Report.BODY,
                            ACCEPTED);
            return new Contender(name, () -> post(call));
        }

        private Measured post(Call call) {
            Measured peak = load.peak(call, connections, size.loadFor());
            double rate = peak.values().getOrDefault(Metric.REQUESTS, 0.0);
            Measured half = load.steady(call, connections, rate / 2, size.loadFor());
            return peak.and(P99_AT_HALF, half.values().getOrDefault(Metric.P99, 0.0));
        }

        private Measured produce() throws IOException, InterruptedException {
            try (Peer peer =
                    Peer.start(
                            lab,
                            BareProducer.class,
                            lab.bootstrapServers(),
                            Topic.EXCHANGE_EVENTS.wire(),
                            "waiting",
                            report.toString(),
                            Integer.toString(connections),
                            Long.toString(size.loadFor().toSeconds()))) {
                String[] told = peer.awaitDone().split(" ", -1);
                double seconds = Long.parseLong(told[1]) / 1e9;
                return Measured.of(Metric.REQUESTS, Long.parseLong(told[0]) / seconds)
                        .and(Metric.P50, Long.parseLong(told[2]) / 1e6)
                        .and(Metric.P99, Long.parseLong(told[3]) / 1e6);
            }
        }
    }
}
