package parley.bench.comparisons;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import parley.bench.lab.CatchUp;
import parley.bench.lab.Labs;
import parley.bench.lab.Ledger;
import parley.bench.lab.LoadedLab;
import parley.bench.load.Call;
import parley.bench.load.Load;
import parley.bench.measured.Alternation;
import parley.bench.measured.Contender;
import parley.bench.measured.Measured;
import parley.bench.measured.Metric;

/// A generation that is built while another is read, against the same catch-up with nobody there.
final class Rebuild implements Comparison {
    private static final int CONNECTIONS = 16;
    private static final int READS_PER_SECOND = 200;
    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final Duration SLICE = Duration.ofSeconds(1);
    private static final Metric READ_P99 = new Metric("slowest second's p99 of the readers", "ms");

    @Override
    public String name() {
        return "rebuild";
    }

    @Override
    public void run(Labs labs, Size size, Alternation alternation) throws Exception {
        LoadedLab loaded = labs.of(size.events());
        alternation.run(
                name(),
                "%,d events, beside %d reads a second".formatted(size.events(), READS_PER_SECOND),
                List.of(
                        new Contender("a rebuild without rests", () -> rebuild(loaded, "0")),
                        new Contender("a rebuild as it is set", () -> rebuild(loaded, "1")),
                        new Contender("a catch-up alone", () -> alone(loaded))));
    }

    private static Measured alone(LoadedLab loaded) throws Exception {
        try (Ledger ledger = loaded.lab().ledger(Map.of())) {
            return Measured.of(Metric.EVENTS, ledger.catchUp(loaded.log().records()).rate());
        }
    }

    private static Measured rebuild(LoadedLab loaded, String rest) throws Exception {
        var settings = Map.of("PARLEY_LEDGER_INTAKE_REBUILD_REST", rest);
        try (Ledger ledger = loaded.lab().ledger(settings);
                Connection connection = ledger.connection();
                var load = new Load()) {
            ledger.catchUp(loaded.log().records());
            int generation = build(loaded, ledger);
            var readers = new Readers(ledger, load);
            var reading = Thread.ofVirtual().start(readers);
            CatchUp built =
                    CatchUp.await(
                            connection,
                            generation,
                            loaded.log().records(),
                            ledger.service().process()::isAlive);
            readers.isEnough = true;
            reading.join();
            return Measured.of(Metric.EVENTS, built.rate()).and(READ_P99, readers.slowest);
        }
    }

    /// Read until it is enough, second by second.
    private static final class Readers implements Runnable {
        private final Load load;
        private final Call call;
        private volatile boolean isEnough;
        private volatile double slowest;

        Readers(Ledger ledger, Load load) {
            this.load = load;
            this.call = Call.get(ledger.address().resolve(Ledger.TOTALS), Map.of(), OK);
        }

        @Override
        public void run() {
            while (!isEnough) {
                Measured seen =
                        load.steady(call, CONNECTIONS, READS_PER_SECOND, Duration.ZERO, SLICE);
                slowest = Math.max(slowest, seen.values().getOrDefault(Metric.P99, 0.0));
            }
        }
    }

    private static int build(LoadedLab loaded, Ledger ledger)
            throws IOException, InterruptedException {
        var answer =
                loaded.lab()
                        .http()
                        .send(
                                HttpRequest.newBuilder(ledger.address().resolve("/v1/generations"))
                                        .header(
                                                "Authorization",
                                                "Bearer " + loaded.lab().token("operator"))
                                        .POST(BodyPublishers.noBody())
                                        .build(),
                                BodyHandlers.ofString());
        if (answer.statusCode() != ACCEPTED) {
            throw new IOException(answer.statusCode() + " " + answer.body());
        }
        return new ObjectMapper().readTree(answer.body()).path("generation").asInt();
    }
}
