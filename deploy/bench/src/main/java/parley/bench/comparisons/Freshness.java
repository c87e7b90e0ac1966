package parley.bench.comparisons;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import parley.bench.lab.Lab;
import parley.bench.lab.Labs;
import parley.bench.lab.Ledger;
import parley.bench.lab.LoadedLab;
import parley.bench.lab.LogProbe;
import parley.bench.load.Call;
import parley.bench.load.Load;
import parley.bench.measured.Alternation;
import parley.bench.measured.Contender;
import parley.bench.measured.Measured;
import parley.bench.measured.Metric;
import parley.contract.LogPosition;

/// How long after the 202 the totals show it to somebody who asks again and again whether they have
/// changed, while others publish, too.
final class Freshness implements Comparison {
    private static final int EVENTS_BEFORE = 2_000;
    private static final List<Integer> RATES = List.of(100, 1_000);
    private static final int CONNECTIONS = 16;
    private static final int ACCEPTED = 202;
    private static final int OK = 200;
    private static final int DIGITS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SLICE = Duration.ofSeconds(1);

    @Override
    public String name() {
        return "freshness";
    }

    @Override
    public void run(Labs labs, Size size, Alternation alternation) throws Exception {
        LoadedLab loaded = labs.of(EVENTS_BEFORE);
        Lab lab = loaded.lab();
        URI ingest = lab.ingest();
        try (Ledger ledger = lab.ledger(Map.of());
                var load = new Load();
                var log = new LogProbe(lab.bootstrapServers())) {
            ledger.service().start();
            var publication = publication(lab, ingest);
            for (int rate : RATES) {
                alternation.run(
                        name(),
                        "%,d events a second".formatted(rate),
                        List.of(
                                new Contender(
                                        "from the 202 to the totals",
                                        () ->
                                                during(
                                                        load,
                                                        publication,
                                                        rate,
                                                        new Probe(lab, ingest, ledger)::seen,
                                                        size.probes())),
                                new Contender(
                                        "limit: from a producer to a consumer",
                                        () ->
                                                during(
                                                        load,
                                                        publication,
                                                        rate,
                                                        log::seenNanos,
                                                        size.probes()))));
            }
        } finally {
            labs.renew();
        }
    }

    private static Call publication(Lab lab, URI ingest) {
        return Call.post(
                ingest.resolve("/v1/exchanges"), Report.headers(lab), Report.BODY, ACCEPTED);
    }

    /// One thing that is timed.
    private interface Timed {
        long nanos() throws Exception;
    }

    private static Measured during(Load load, Call publication, int rate, Timed timed, int probes)
            throws Exception {
        var others = new Others(load, publication, rate);
        var publishing = Thread.ofVirtual().start(others);
        try {
            var histogram = new Histogram(DIGITS);
            for (int probe = -probes / 10; probe < probes; probe++) {
                long nanos = timed.nanos();
                if (probe >= 0) {
                    histogram.recordValue(nanos);
                }
            }
            return Measured.of(Metric.P99, histogram.getValueAtPercentile(99) / 1e6)
                    .and(Metric.P50, histogram.getValueAtPercentile(50) / 1e6);
        } finally {
            others.isEnough = true;
            publishing.join();
        }
    }

    /// Those who publish beside, until it is enough.
    private static final class Others implements Runnable {
        private final Load load;
        private final Call publication;
        private final int rate;
        private volatile boolean isEnough;

        Others(Load load, Call publication, int rate) {
            this.load = load;
            this.publication = publication;
            this.rate = rate;
        }

        @Override
        public void run() {
            while (!isEnough) {
                load.steady(publication, CONNECTIONS, rate, SLICE);
            }
        }
    }

    /// A newsroom that publishes, and a reader who has the totals of before.
    private static final class Probe {
        private static final Pattern POSITION = Pattern.compile("\"position\":\"([^\"]*)\"");

        private final HttpClient http;
        private final HttpRequest post;
        private final URI totals;
        private String tag = "\"none\"";

        Probe(Lab lab, URI ingest, Ledger ledger) {
            this.http = lab.http();
            var posting =
                    HttpRequest.newBuilder(ingest.resolve("/v1/exchanges"))
                            .POST(BodyPublishers.ofString(Report.BODY));
            Report.headers(lab).forEach(posting::header);
            this.post = posting.build();
            this.totals = ledger.address().resolve(Ledger.TOTALS);
        }

        long seen() throws IOException, InterruptedException {
            HttpResponse<String> receipt = http.send(post, BodyHandlers.ofString());
            if (receipt.statusCode() != ACCEPTED) {
                throw new IOException(receipt.statusCode() + " " + receipt.body());
            }
            long received = System.nanoTime();
            var position =
                    LogPosition.parse(
                            receipt.headers().firstValue("Ledger-Position").orElseThrow());
            while (System.nanoTime() - received < PATIENCE.toNanos()) {
                if (hasRead(position)) {
                    return System.nanoTime() - received;
                }
            }
            throw new IOException("The totals do not show " + position);
        }

        private boolean hasRead(LogPosition position) throws IOException, InterruptedException {
            var request = HttpRequest.newBuilder(totals).header("If-None-Match", tag).build();
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != OK) {
                return false;
            }
            tag = answer.headers().firstValue("ETag").orElseThrow();
            Matcher read = POSITION.matcher(answer.body());
            return read.find() && LogPosition.parse(read.group(1)).covers(position);
        }
    }
}
