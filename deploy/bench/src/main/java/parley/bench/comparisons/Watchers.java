package parley.bench.comparisons;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import parley.bench.lab.Lab;
import parley.bench.lab.Labs;
import parley.bench.lab.Ledger;
import parley.bench.lab.LoadedLab;
import parley.bench.lab.Peer;
import parley.bench.load.Audience;
import parley.bench.load.Call;
import parley.bench.measured.Alternation;
import parley.bench.measured.Contender;
import parley.bench.measured.Measured;
import parley.bench.measured.Metric;
import parley.bench.peer.TellingServer;

/// A thousand who wait for the same totals to change, and one report after another that does it.
final class Watchers implements Comparison {
    private static final int EVENTS_BEFORE = 1_000;
    private static final int WATCHERS = 1_000;
    private static final int WARM_UP = 3;
    private static final int ROUNDS = 20;
    private static final int DIGITS = 3;

    /// So that a round finds all as quiet as the one before it did.
    private static final Duration REST = Duration.ofMillis(50);

    private static final String POLL = Ledger.TOTALS + "?wait=30";

    private static final Metric LAST = new Metric("the last is told, median round", "ms");
    private static final Metric SLOWEST = new Metric("the last is told, slowest round", "ms");
    private static final Metric HALF = new Metric("half are told, median round", "ms");
    private static final Metric TRANSACTIONS =
            new Metric("transactions in PostgreSQL while nothing changes", "per second");

    @Override
    public String name() {
        return "watchers";
    }

    @Override
    public void run(Labs labs, Size size, Alternation alternation) throws Exception {
        LoadedLab loaded = labs.of(EVENTS_BEFORE);
        Lab lab = loaded.lab();
        try (Ledger ledger = lab.ledger(Map.of())) {
            ledger.catchUp(loaded.log().records());
            try (Peer peer = peer(lab, ledger)) {
                var ours = new Ours(lab, ledger, size);
                URI address = URI.create("http://127.0.0.1:" + peer.awaitReady());
                Call change = Report.call(lab, address);
                alternation.run(
                        name(),
                        "%,d streams".formatted(WATCHERS),
                        List.of(
                                new Contender(
                                        "ledger-service",
                                        () -> ours.told(listening(ledger.address()))),
                                new Contender(
                                        "bare Vert.x", () -> told(listening(address), change))));
                alternation.run(
                        name(),
                        "%,d long polls".formatted(WATCHERS),
                        List.of(
                                new Contender(
                                        "ledger-service",
                                        () -> ours.told(polling(ledger.address()))),
                                new Contender(
                                        "bare Vert.x", () -> told(polling(address), change))));
            }
        }
    }

    private static Peer peer(Lab lab, Ledger ledger) throws IOException, InterruptedException {
        String totals = ledger.get(Ledger.TOTALS).body();
        return Peer.start(
                lab,
                TellingServer.class,
                Files.writeString(lab.folder().resolve("told.json"), totals).toString(),
                new ObjectMapper().readTree(totals).path("position").asText());
    }

    private static Audience listening(URI server) {
        return Audience.listening(server.resolve(Ledger.STREAM), WATCHERS);
    }

    private static Audience polling(URI server) {
        return Audience.polling(server.resolve(POLL), WATCHERS);
    }

    private static Measured told(Audience audience, Call change) throws InterruptedException {
        try (audience) {
            return rounds(audience, change);
        }
    }

    private static Measured rounds(Audience audience, Call change) throws InterruptedException {
        var last = new Histogram(DIGITS);
        var half = new Histogram(DIGITS);
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            TimeUnit.MILLISECONDS.sleep(REST.toMillis());
            Histogram told = audience.publish(change);
            if (round >= 0) {
                last.recordValue(told.getMaxValue());
                half.recordValue(told.getValueAtPercentile(50));
            }
        }
        return Measured.of(LAST, last.getValueAtPercentile(50) / 1e6)
                .and(SLOWEST, last.getMaxValue() / 1e6)
                .and(HALF, half.getValueAtPercentile(50) / 1e6);
    }

    private record Ours(Lab lab, Ledger ledger, Size size) {
        Measured told(Audience audience) throws InterruptedException, IOException, SQLException {
            try (audience) {
                return rounds(audience, Report.call(lab, lab.ingest()))
                        .and(TRANSACTIONS, transactions())
                        .and(Metric.MEMORY, ledger.peakMemory());
            }
        }

        /// PostgreSQL counts what a connection does once a second at the most.
        private double transactions() throws InterruptedException, SQLException {
            TimeUnit.SECONDS.sleep(1);
            long before = lab.transactions(ledger.database());
            long begun = System.nanoTime();
            TimeUnit.MILLISECONDS.sleep(size.quietFor().toMillis());
            long counted = lab.transactions(ledger.database()) - before;
            return counted * 1e9 / (System.nanoTime() - begun);
        }
    }
}
