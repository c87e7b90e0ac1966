package parley.ledger.books;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import net.jqwik.api.sessions.JqwikSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import parley.contract.Envelope;
import parley.contract.EventCodec;
import parley.contract.UnreadableEventException;
import parley.ledger.door.LogAndBooks;
import parley.ledger.fold.Figure;
import parley.ledger.fold.LoggedEvent;
import parley.ledger.fold.PartyTotals;
import parley.ledger.fold.ReferenceModel;
import parley.ledger.fold.SmallWorld;

/// That the order of reading does not matter, nor batches, replicas and redelivery: the same log
/// gives the same books and the same answers, to the byte, and the totals of the contract.
///
/// Each seed is a small world. Ten of them share one log, under names of their own, so that one
/// transaction and one dump serve ten. `-Dparley.seeds=N` runs the first N seeds, and
/// `-Dparley.seed=S` the log that holds the seed S.
@QuarkusTest
@TestProfile(OrderIT.Alone.class)
@QuarkusTestResource(LogAndBooks.class)
class OrderIT {
    private static final int WORLDS = 10;
    private static final int REPLICAS = 3;
    private static final int READERS = 8;
    private static final List<String> LISTS =
            List.of(
                    "entries",
                    "exchanges",
                    "claims",
                    "agreements",
                    "timeline",
                    "discrepancies",
                    "discrepancies/claimants",
                    "reconciliation",
                    "changes");
    private static final List<String> EVENT_IDS = List.of("d0", "e1", "e5", "e9");
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();

    /// What a small world names: each world of a log gets names of its own.
    private static final Pattern NAME =
            Pattern.compile("\"(x\\d|k\\d|one|nowhere|deal|other-deal|a-deal)\"");

    private static final Pattern UNLIKE_BEFORE = Pattern.compile("_=\\d+&?");

    private final AtomicInteger asked = new AtomicInteger();

    @Inject javax.sql.@Nullable DataSource database;

    @TestHTTPResource @Nullable URI door;

    /// An application of its own: these tests empty the books.
    public static final class Alone implements QuarkusTestProfile {}

    @Test
    void theSameLogGivesTheSameBooksAndAnswersHoweverItIsRead() {
        JqwikSession.run(
                () -> {
                    for (int first : firsts()) {
                        run(first);
                    }
                });
    }

    private static List<Integer> firsts() {
        Integer one = Integer.getInteger("parley.seed");
        return one == null
                ? IntStream.range(
                                0, Math.ceilDiv(Integer.getInteger("parley.seeds", 1_000), WORLDS))
                        .mapToObj(it -> it * WORLDS)
                        .toList()
                : List.of(one - Math.floorMod(one, WORLDS));
    }

    private void run(int first) throws SQLException {
        var random = new Random(first);
        var events = new ArrayList<LoggedEvent>();
        for (int seed = first; seed < first + WORLDS; seed++) {
            events.addAll(world(seed));
        }
        WrittenLog log = WrittenLog.of(events);
        List<Question> questions = questions(log, random);
        String seeds = "-Dparley.seed=" + first;

        empty();
        var one = WithBooks.booksIn(database());
        for (List<LogSlice> batch : log.inOrder(random)) {
            one.apply(batch, _ -> {});
        }
        Dump books = Dump.of(database());
        Map<String, String> answers = answers(log, questions);

        empty();
        readByTurns(log.batches(random), random);

        assertThat(Dump.of(database())).as(seeds).isEqualTo(books);
        assertThat(answers(log, questions)).as(seeds).isEqualTo(answers);
        assertThat(answers.get("/v1/audit")).as(seeds).startsWith("200 {\"holds\":true");
        for (Question question : questions) {
            assertThat(totals(answers, question, first))
                    .as("%s%s", seeds, question.parameters())
                    .isEqualTo(Totals.of(question.model(log.events())));
        }
    }

    /// The events of a seed's world, under names of its own.
    private static List<LoggedEvent> world(int seed) {
        SmallWorld world =
                SmallWorld.any(20, 40).generator(1000, false).next(new Random(seed)).value();
        return world.events().stream().map(it -> named("$1-" + seed, it)).toList();
    }

    private static LoggedEvent named(String name, LoggedEvent event) {
        Envelope it = event.envelope();
        String json = new String(EventCodec.write(event.content()), UTF_8);
        String subject = NAME.matcher('"' + it.subject() + '"').replaceAll(name);
        try {
            return new LoggedEvent(
                    event.at(),
                    event.recordedAt(),
                    new Envelope(
                            it.id(), it.source(), it.type(), subject, it.time(), it.authority()),
                    EventCodec.read(
                            it.type(),
                            NAME.matcher(json).replaceAll("\"" + name + "\"").getBytes(UTF_8)));
        } catch (UnreadableEventException impossible) {
            throw new IllegalStateException(json, impossible);
        }
    }

    /// Three replicas, of which now one and now another reads; some offer again what was taken.
    private void readByTurns(List<List<LogSlice>> batches, Random random) throws SQLException {
        List<Books> replicas =
                IntStream.range(0, REPLICAS).mapToObj(_ -> WithBooks.booksIn(database())).toList();
        var taken = new ArrayList<LogSlice>();
        for (List<LogSlice> batch : batches) {
            replicas.get(random.nextInt(REPLICAS)).apply(batch, _ -> {});
            taken.addAll(batch);
            if (!taken.isEmpty() && random.nextInt(4) == 0) {
                List<LogSlice> again = List.of(taken.get(random.nextInt(taken.size())));
                Books stale = replicas.get(random.nextInt(REPLICAS));
                assertThatThrownBy(() -> stale.apply(again, _ -> {}))
                        .isInstanceOf(FencedException.class);
            }
        }
    }

    private void empty() throws SQLException {
        empty(database());
    }

    static void empty(javax.sql.DataSource books) throws SQLException {
        try (var connection = books.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(
                    """
                    truncate log_position, event, former_outcome, tie, edition, entry, account,
                             activity
                    """);
        }
    }

    private javax.sql.DataSource database() {
        return requireNonNull(database);
    }

    /// By which day, and known at which moment; null: whenever, and to this day.
    private record Question(@Nullable LocalDate asOf, @Nullable Instant knownAt) {
        String parameters() {
            var parameters = new ArrayList<String>();
            if (asOf != null) {
                parameters.add("asOf=" + asOf);
            }
            if (knownAt != null) {
                parameters.add("knownAt=" + knownAt);
            }
            return parameters.isEmpty() ? "" : "?" + String.join("&", parameters);
        }

        PartyTotals model(List<LoggedEvent> events) {
            return ReferenceModel.totals(
                    events,
                    asOf == null ? LocalDate.MAX : asOf,
                    knownAt == null ? Instant.MAX : knownAt);
        }
    }

    private static List<Question> questions(WrittenLog log, Random random) {
        List<Instant> moments = log.events().stream().map(LoggedEvent::recordedAt).toList();
        LocalDate day = LocalDate.parse("2025-07-1" + (5 + random.nextInt(4)));
        return List.of(
                new Question(null, null),
                new Question(day, null),
                new Question(null, moments.get(random.nextInt(moments.size()))),
                new Question(day, moments.get(random.nextInt(moments.size()))));
    }

    /// Every address whose answer hangs on the books. A new resource belongs in here.
    private static Set<String> addresses(WrittenLog log, List<Question> questions) {
        var addresses = new LinkedHashSet<String>();
        String then = questions.getLast().parameters();
        addresses.addAll(List.of("/v1/audit", "/v1/conflicts", "/v1/rejections?limit=1000"));
        addresses.add("/v1/rejections" + then);
        EVENT_IDS.forEach(id -> addresses.add("/v1/events/" + id));
        for (LoggedEvent event : log.events()) {
            String wire = event.envelope().type().wire();
            String kind = wire.substring(0, wire.indexOf('.')) + "s";
            String one = "/v1/" + kind + "/" + event.envelope().subject();
            addresses.add(one);
            if (!kind.equals("conflicts")) {
                addresses.add(one + "/history");
                continue;
            }
            questions.forEach(it -> addresses.add(one + "/totals" + it.parameters()));
            // Each list of half of the worlds as it is now, and of the other half as it was then.
            for (int list = 0; list < LISTS.size(); list++) {
                boolean isOfThen = Math.floorMod(one.hashCode() + list, 2) == 0;
                addresses.add(one + "/" + LISTS.get(list) + (isOfThen ? then : ""));
            }
        }
        return addresses;
    }

    private Map<String, String> answers(WrittenLog log, List<Question> questions) {
        var answers = new TreeMap<String, String>();
        try (var readers = Executors.newFixedThreadPool(READERS)) {
            var asked = new TreeMap<String, CompletableFuture<String>>();
            for (String address : addresses(log, questions)) {
                asked.put(address, CompletableFuture.supplyAsync(() -> answer(address), readers));
            }
            asked.forEach((address, answer) -> answers.put(address, answer.join()));
        }
        return answers;
    }

    /// By an address that was never asked for before: what is kept of books that are gone has no
    /// place here.
    private String answer(String address) {
        try {
            URI uri = requireNonNull(door).resolve(address + unlikeBefore(address));
            var answer = HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
            String body = UNLIKE_BEFORE.matcher(answer.body()).replaceAll("");
            if (address.equals("/v1/audit")) {
                // Its own rounds and Kafka are no matter of the books.
                ObjectNode audit = (ObjectNode) JSON.readTree(body);
                body = audit.without(List.of("events", "partitions")).toString();
            }
            return answer.statusCode() + " " + body;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private String unlikeBefore(String address) {
        return (address.contains("?") ? "&_=" : "?_=") + asked.incrementAndGet();
    }

    /// Totals that compare.
    private record Totals(Map<String, Figure> figures, Map<String, Integer> exchanges) {
        Totals {
            figures.values().removeIf(Figure.NONE::equals);
        }

        static Totals of(PartyTotals totals) {
            var counts = new TreeMap<String, Integer>();
            totals.exchanges().forEach((party, all) -> counts.put(party, all.size()));
            return new Totals(totals.figures(), counts);
        }
    }

    private static Totals totals(Map<String, String> answers, Question question, int first) {
        var totals = new Totals(new TreeMap<>(), new TreeMap<>());
        for (int seed = first; seed < first + WORLDS; seed++) {
            String conflict = "one-" + seed;
            String answer =
                    answers.get("/v1/conflicts/" + conflict + "/totals" + question.parameters());
            if (requireNonNull(answer).startsWith("200 ")) {
                add(totals, conflict, json(answer.substring(4)));
            }
        }
        return new Totals(totals.figures, totals.exchanges);
    }

    private static void add(Totals totals, String conflict, JsonNode answer) {
        for (JsonNode party : answer.path("parties")) {
            String name = conflict + "/" + party.path("party").asText();
            if (party.path("exchanges").asInt() > 0) {
                totals.exchanges.put(name, party.path("exchanges").asInt());
            }
            for (JsonNode total : party.path("totals")) {
                for (String side : List.of("received", "handedOver")) {
                    Figure figure = figure(total.path(side));
                    String account = name + "/" + side + "/" + total.path("category").asText();
                    totals.figures.put(account, figure);
                }
            }
        }
    }

    private static Figure figure(JsonNode figure) {
        return new Figure(
                figure.path("best").asLong(),
                figure.path("low").asLong(),
                figure.path("high").asLong(),
                figure.path("disputed").asLong(),
                figure.path("unstated").asLong());
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }
}
