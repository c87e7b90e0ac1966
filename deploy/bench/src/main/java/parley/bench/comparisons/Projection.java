package parley.bench.comparisons;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import parley.bench.fold.Account;
import parley.bench.fold.CaseState;
import parley.bench.fold.Figure;
import parley.bench.fold.Said;
import parley.bench.fold.Totals;
import parley.bench.lab.CopiedBooks;
import parley.bench.lab.Labs;
import parley.bench.lab.Ledger;
import parley.bench.lab.LoadedLab;
import parley.bench.lab.Log;
import parley.bench.lab.Peer;
import parley.bench.lab.StreamsRun;
import parley.bench.lab.Told;
import parley.bench.measured.Alternation;
import parley.bench.measured.Contender;
import parley.bench.measured.Measured;
import parley.bench.measured.Metric;
import parley.bench.peer.BareConsumer;
import parley.bench.peer.JpaFold;
import parley.contract.Category;
import parley.stack.Database;

/// From a log to committed totals. No rate counts before its totals are those of the ledger.
final class Projection implements Comparison {
    @Override
    public String name() {
        return "projection";
    }

    @Override
    public void run(Labs labs, Size size, Alternation alternation) throws Exception {
        var run = new Run(labs.of(size.events()), size);
        alternation.run(
                name(),
                "%,d events from the log to totals".formatted(size.events()),
                List.of(
                        new Contender("ledger-service", run::ledger),
                        new Contender("Kafka Streams, exactly once", run::streams),
                        new Contender("JPA, a transaction per event", run::jpa),
                        new Contender("limit: a consumer that only reads", run::consumer),
                        new Contender("limit: COPY of the same rows", run::copy)));
    }

    /// What the contenders of one comparison share: the ledger of the round before the others sets
    /// what they must come to.
    private static final class Run {
        private final LoadedLab loaded;
        private final int jpaEvents;
        private final Log part;
        private final Totals totals;
        private final Totals totalsOfPart;
        private @Nullable CopiedBooks books;

        Run(LoadedLab loaded, Size size) {
            this.loaded = loaded;
            this.jpaEvents = size.jpaEvents();
            this.part = loaded.log().part(size.jpaEvents());
            this.totals = folded(loaded.log());
            this.totalsOfPart = folded(part);
        }

        Measured ledger() throws Exception {
            loaded.lab().checkpoint();
            try (Ledger ledger = loaded.lab().ledger(Map.of())) {
                double rate = ledger.catchUp(loaded.log().records()).rate();
                mustBe(totals, ledger.totals(), "ledger-service");
                double memory = ledger.peakMemory();
                if (books == null) {
                    books = CopiedBooks.of(loaded.lab(), ledger);
                }
                return Measured.of(Metric.EVENTS, rate).and(Metric.MEMORY, memory);
            }
        }

        Measured streams() throws IOException {
            try (var streams = new StreamsRun(loaded.lab(), loaded.log())) {
                double rate = streams.await(totals).rate();
                return Measured.of(Metric.EVENTS, rate)
                        .and(Metric.MEMORY, streams.peer().peakMemory());
            }
        }

        Measured jpa() throws Exception {
            loaded.lab().checkpoint();
            Database database = loaded.lab().freshDatabase();
            try (Peer peer =
                    Peer.start(
                            loaded.lab(),
                            JpaFold.class,
                            loaded.lab().bootstrapServers(),
                            Integer.toString(jpaEvents),
                            database.jdbcUrl(),
                            database.user(),
                            database.password())) {
                double rate = Told.rate(peer.awaitDone());
                mustBe(totalsOfPart, jpaTotals(database), "JPA");
                return Measured.of(Metric.EVENTS, rate);
            } finally {
                loaded.lab().drop(database);
            }
        }

        Measured consumer() throws IOException, InterruptedException {
            try (Peer peer =
                    Peer.start(loaded.lab(), BareConsumer.class, loaded.lab().bootstrapServers())) {
                return Measured.of(Metric.EVENTS, Told.rate(peer.awaitDone()));
            }
        }

        Measured copy() throws SQLException, IOException {
            loaded.lab().checkpoint();
            var rows = Objects.requireNonNull(books, "the ledger runs first");
            double seconds = rows.copy() / 1e9;
            return Measured.of(Metric.EVENTS, loaded.log().records() / seconds)
                    .and(new Metric("rate of rows", "rows/s"), rows.rows() / seconds);
        }
    }

    /// The same once more, in memory, by the fold of the peers: it holds the peers and the ledger
    /// against each other, and says what a part of the log comes to.
    private static Totals folded(Log log) {
        var cases = new HashMap<String, CaseState>();
        log.read(
                records ->
                        records.forEach(
                                record -> {
                                    Said said = Said.of(record);
                                    if (said != null) {
                                        cases.compute(
                                                said.exchange(),
                                                (_, state) ->
                                                        (state == null
                                                                        ? CaseState.UNHEARD_OF
                                                                        : state)
                                                                .after(said));
                                    }
                                }));
        Totals totals = Totals.NOTHING;
        for (CaseState state : cases.values()) {
            totals = totals.plus(state.lines());
        }
        return totals;
    }

    private static Totals jpaTotals(Database database) throws SQLException {
        var figures = new HashMap<Account, Figure>();
        try (Connection connection =
                        DriverManager.getConnection(
                                database.jdbcUrl(), database.user(), database.password());
                var select =
                        connection.prepareStatement(
                                "select id, best, low, high, disputed, unstated from jpa_total");
                var rows = select.executeQuery()) {
            while (rows.next()) {
                String[] id = rows.getString("id").split(" ", -1);
                var figure =
                        new Figure(
                                rows.getLong("best"),
                                rows.getLong("low"),
                                rows.getLong("high"),
                                rows.getLong("disputed"),
                                rows.getLong("unstated"));
                if (!figure.equals(Figure.NONE)) {
                    figures.put(
                            new Account(id[0], id[1].equals("received"), Category.valueOf(id[2])),
                            figure);
                }
            }
        }
        return new Totals(figures);
    }

    private static void mustBe(Totals expected, Totals actual, String whose) {
        if (!actual.equals(expected)) {
            throw new IllegalStateException(
                    "The totals of %s differ: %s".formatted(whose, actual.differences(expected)));
        }
    }
}
