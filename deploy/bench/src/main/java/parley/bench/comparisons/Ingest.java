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
import parley.local.QuarkusService;
import parley.stack.FreePort;

/// Reports one by one, to the 202: with a token, checked, and acknowledged by the log.
final class Ingest implements Comparison {
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
        URI address = URI.create("http://127.0.0.1:" + FreePort.any());
        Call ours = Report.call(lab, lab.ingest());
        try (QuarkusService endpoint = lab.endpoint(address);
                Peer echo = Peer.start(lab, EchoServer.class);
                var load = new Load()) {
            endpoint.start();
            Call checked = Report.call(lab, address);
            Call answered = Report.to(lab, address.resolve("/v1/nothing"));
            Call bare = Report.call(lab, URI.create("http://127.0.0.1:" + echo.awaitReady()));
            for (int connections : size.publishers()) {
                var callers = new Callers(lab, load, size, connections, report);
                alternation.run(
                        name(),
                        "POST /v1/exchanges, %d connections".formatted(connections),
                        List.of(
                                callers.of("ingest-service", ours),
                                callers.of("Quarkus that parses and checks", checked),
                                callers.of("Quarkus that only answers", answered),
                                callers.of("bare Vert.x that parses and answers", bare),
                                new Contender("bare producer, acks=all", callers::produce)));
            }
        } finally {
            labs.renew(); // What it has put on the log is not to be read by others.
        }
    }

    private record Callers(Lab lab, Load load, Size size, int connections, Path report) {
        Contender of(String name, Call call) {
            return new Contender(name, () -> post(call));
        }

        private Measured post(Call call) {
            Measured peak = load.peak(call, connections, size.loadFor());
            double rate = peak.values().getOrDefault(Metric.REQUESTS, 0.0);
            Measured half = load.steady(call, connections, rate / 2, size.warmUp(), size.loadFor());
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
                            Long.toString(size.loadFor().toMillis()))) {
                String[] told = peer.awaitDone().split(" ", -1);
                double seconds = Long.parseLong(told[1]) / 1e9;
                return Measured.of(Metric.REQUESTS, Long.parseLong(told[0]) / seconds)
                        .and(Metric.P50, Long.parseLong(told[2]) / 1e6)
                        .and(Metric.P99, Long.parseLong(told[3]) / 1e6);
            }
        }
    }
}
