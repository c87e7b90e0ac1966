package parley.bench.comparisons;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import parley.bench.lab.Labs;
import parley.bench.lab.Ledger;
import parley.bench.lab.LoadedLab;
import parley.bench.lab.Peer;
import parley.bench.load.Call;
import parley.bench.load.Load;
import parley.bench.measured.Alternation;
import parley.bench.measured.Contender;
import parley.bench.measured.Measured;
import parley.bench.measured.Metric;
import parley.bench.peer.BareServer;
import parley.bench.peer.QueryServer;
import parley.bench.report.Machine;
import parley.local.GeneratedLog;

/// Readers of the totals while nothing changes.
final class Reads implements Comparison {
    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;
    private static final String CSV = Ledger.TOTALS + "?format=csv";
    private static final Metric P99_AT_HALF = new Metric("p99 at half the peak", "ms");
    private static final Metric TRANSACTIONS =
            new Metric("transactions in PostgreSQL", "per 1,000 requests");
    private static final Metric STOLEN =
            Metric.notCompared("stolen from the cores at half the peak", "% of the time");

    @Override
    public String name() {
        return "reads";
    }

    @Override
    public void run(Labs labs, Size size, Alternation alternation) throws Exception {
        LoadedLab loaded = labs.of(size.events());
        try (Ledger ledger = loaded.lab().ledger(Map.of())) {
            ledger.catchUp(loaded.log().records());
            HttpResponse<String> answer = ledger.get(Ledger.TOTALS);
            String tag = tag(answer);
            try (Peer bare = bare(loaded, answer, "totals.json");
                    Peer bareCsv = bare(loaded, ledger.get(CSV), "totals.csv");
                    Peer query = query(loaded, ledger);
                    var load = new Load()) {
                URI bareAddress = address(bare);
                URI bareCsvAddress = address(bareCsv);
                URI queryAddress = address(query);
                for (int connections : size.connections()) {
                    var readers =
                            new Readers(loaded, ledger, load, size, connections, Ledger.TOTALS);
                    // PostgreSQL counts up to ten seconds late, so the ledger is not to follow who
                    // has it count a lot.
                    alternation.run(
                            name(),
                            "totals, 200, %,d connections".formatted(connections),
                            List.of(
                                    readers.of("ledger-service", ledger.address(), Map.of(), OK),
                                    readers.of("a query per request", queryAddress, Map.of(), OK),
                                    readers.of("bare Vert.x", bareAddress, Map.of(), OK)));
                    var csv = readers.reading(CSV);
                    alternation.run(
                            name(),
                            "totals, CSV, %,d connections".formatted(connections),
                            List.of(
                                    csv.of("ledger-service", ledger.address(), Map.of(), OK),
                                    csv.of("bare Vert.x", bareCsvAddress, Map.of(), OK)));
                    var tagged = Map.of("If-None-Match", tag);
                    alternation.run(
                            name(),
                            "totals, 304, %,d connections".formatted(connections),
                            List.of(
                                    readers.of(
                                            "ledger-service",
                                            ledger.address(),
                                            tagged,
                                            NOT_MODIFIED),
                                    readers.of("bare Vert.x", bareAddress, tagged, NOT_MODIFIED)));
                }
            }
        }
    }

    private static String tag(HttpResponse<String> answer) {
        return answer.headers().firstValue("ETag").orElseThrow();
    }

    private static Peer bare(LoadedLab loaded, HttpResponse<String> answer, String file)
            throws IOException {
        Path body = Files.writeString(loaded.lab().folder().resolve(file), answer.body());
        return Peer.start(
                loaded.lab(),
                BareServer.class,
                body.toString(),
                answer.headers().firstValue("Content-Type").orElseThrow(),
                tag(answer));
    }

    private static Peer query(LoadedLab loaded, Ledger ledger) {
        return Peer.start(
                loaded.lab(),
                QueryServer.class,
                ledger.database().jdbcUrl(),
                ledger.database().user(),
                ledger.database().password(),
                "g1",
                GeneratedLog.CONFLICT);
    }

    private static URI address(Peer peer) throws IOException {
        return URI.create("http://127.0.0.1:" + peer.awaitReady());
    }

    private record Readers(
            LoadedLab loaded, Ledger ledger, Load load, Size size, int connections, String path) {
        Readers reading(String other) {
            return new Readers(loaded, ledger, load, size, connections, other);
        }

        Contender of(String name, URI server, Map<String, String> headers, int status) {
            Call call = Call.get(server.resolve(path), headers, status);
            return new Contender(name, () -> read(call));
        }

        private Measured read(Call call) throws Exception {
            long transactionsBefore = loaded.lab().transactions(ledger.database());
            Measured peak = load.peak(call, connections, size.loadFor());
            long transactions = loaded.lab().transactions(ledger.database()) - transactionsBefore;
            double rate = peak.values().getOrDefault(Metric.REQUESTS, 0.0);
            Machine.Ticks before = Machine.ticks();
            Measured half = load.steady(call, connections, rate / 2, size.warmUp(), size.loadFor());
            double stolen = Machine.ticks().stolenSince(before);
            double calls = rate * 2 * size.loadFor().toNanos() / 1e9;
            return peak.and(P99_AT_HALF, half.values().getOrDefault(Metric.P99, 0.0))
                    .and(STOLEN, stolen * 100)
                    .and(TRANSACTIONS, transactions / calls * 1_000);
        }
    }
}
