package parley.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The pair with the data of `deploy/data`, as `up` leaves it. One start for all tests: each keeps
/// to itself what it publishes, in a conflict of its own.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealDataIT {
    private static final String TOTALS = "/v1/conflicts/ru-ua/totals";
    private static final String ENTRIES = "/v1/conflicts/ru-ua/entries";
    private static final String ARTICLE_EXCHANGE = "/v1/exchanges/ruua-2025-07-17-remains";
    private static final String ARTICLE_AGREEMENT = "/v1/agreements/istanbul-2025-06";
    private static final Path READING =
            UpScript.REPOSITORY.resolve("ledger-service/docs/reading.md");
    private static final Pattern PROBLEM =
            Pattern.compile("\"title\":\"[^\"]*\",\"status\":\\d+,\"detail\":\"([^\"]*)\"");
    private static final List<String> FIGURE =
            List.of("best", "low", "high", "disputed", "unstated");
    private static final String SOURCES =
            "\"sources\":[{\"title\":\"A\",\"publisher\":\"B\",\"url\":\"https://example.org\"}]";

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private LocalSystem.Plan plan;
    private LocalSystem system;
    private Answers answers;

    @BeforeAll
    void start(@TempDir Path folder) {
        plan = new LocalSystem.Plan(UpScript.REPOSITORY, folder, Ports.free(), false);
        startAgain();
    }

    @AfterAll
    void stop() {
        answers.close();
        system.close();
    }

    private void startAgain() {
        var console = new Console(new PrintStream(printed, true, StandardCharsets.UTF_8));
        system = new LocalSystem(plan, console);
        answers = new Answers(system);
        system.start();
    }

    @Test
    void allLinesAreAcceptedAndNoneIsRejected() {
        var rejections = answers.all("/v1/rejections");

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("339 accepted, 0 rejected")
                .doesNotContain("WARNING");
        assertThat(rejections).extracting(text("id")).noneMatch(id -> id.startsWith("data-"));
    }

    @Test
    void theListsHoldAllThatWasReported() {
        var exchanges = answers.all("/v1/conflicts/ru-ua/exchanges?limit=50");
        var agreements = answers.all("/v1/conflicts/ru-ua/agreements?limit=5");
        var claims = answers.all("/v1/conflicts/ru-ua/claims?limit=50");

        // 123 handovers were gathered; two held a second transfer of the same direction and
        // category that went outside the exchange, and each of these is an exchange of its own.
        assertThat(exchanges).extracting(text("exchangeId")).hasSize(125).doesNotHaveDuplicates();
        assertThat(agreements).extracting(text("agreementId")).hasSize(11).doesNotHaveDuplicates();
        assertThat(claims).extracting(text("claimId")).hasSize(202).doesNotHaveDuplicates();
    }

    @Test
    void theConflictHasItsPartiesSidesFirst() {
        var conflict = answers.get("/v1/conflicts/ru-ua");

        assertThat(conflict.path("name").asText()).isEqualTo("Russia–Ukraine");
        assertThat(conflict.path("parties"))
                .extracting(text("party"), text("role"))
                .startsWith(tuple("UA", "side"), tuple("RU", "side"))
                .contains(tuple("TR", "third"));
    }

    @Test
    void theAgreementSaysWhatWasCommittedAndWhatBecameOfItForEachSide() {
        var agreement = answers.get(ARTICLE_AGREEMENT);
        var toUkraine = agreement.path("commitments").path(0);
        var toRussia = agreement.path("commitments").path(1);

        assertThat(agreement.path("place").asText()).isEqualTo("Istanbul");
        assertThat(List.of(toUkraine, toRussia))
                .extracting(text("from"), text("to"), text("category"), text("count"))
                .containsExactly(
                        tuple("RU", "UA", "remains", "6000"), tuple("UA", "RU", "remains", "6000"));
        assertThat(toRussia.path("contested").asBoolean()).isTrue();
        assertThat(List.of(toUkraine, toRussia))
                .extracting(
                        it -> it.at("/transferred/best").asInt(),
                        it -> it.path("percent").asDouble(),
                        it -> it.path("remaining").asInt(),
                        it -> it.path("over").asInt())
                .containsExactly(tuple(11_060, 184.3, 0, 5_060), tuple(222, 3.7, 5_778, 0));
        assertThat(toUkraine.at("/claimed/UA/count").asInt()).isEqualTo(6060);
        assertThat(toUkraine.at("/claimed/RU/count").asInt()).isEqualTo(12_000);
        assertThat(toUkraine.at("/claimed/RU/qualifier").asText()).isEqualTo("at-least");
        assertThat(toRussia.at("/claimed/RU/count").asInt()).isEqualTo(201);
    }

    @Test
    void whatWasTransferredByThenIsWhatTheArticleSays() {
        var inJune = answers.get(ARTICLE_AGREEMENT + "?asOf=2025-06-30");
        var onTheDay = answers.get(ARTICLE_AGREEMENT + "?asOf=2025-07-17");

        assertThat(transferred(inJune)).containsExactly(6057, 78);
        assertThat(transferred(onTheDay)).containsExactly(7057, 97);
    }

    @Test
    void theExchangeIsAThousandForNineteenWithWhatTheOfficialsSaid() {
        var exchange = answers.get(ARTICLE_EXCHANGE);

        assertThat(exchange.path("occurredOn").asText()).isEqualTo("2025-07-17");
        assertThat(exchange.path("agreement").asText()).isEqualTo("istanbul-2025-06");
        assertThat(exchange.path("transfers"))
                .extracting(text("from"), text("to"), text("category"), text("count"))
                .containsExactly(
                        tuple("RU", "UA", "remains", "1000"), tuple("UA", "RU", "remains", "19"));
        assertThat(exchange.path("claims"))
                .extracting(
                        it -> it.at("/claimant/name").asText(),
                        it -> it.at("/assertion/kind").asText(),
                        it -> it.at("/assertion/count").asText())
                .contains(
                        tuple(
                                "Coordination Headquarters for the Treatment of Prisoners of War",
                                "count",
                                "1000"),
                        tuple("Vladimir Medinsky", "count", "19"),
                        tuple("Vladimir Medinsky", "confirmation", ""));
        assertThat(exchange.path("claims"))
                .allSatisfy(
                        claim ->
                                assertThat(claim.path("sources"))
                                        .isNotEmpty()
                                        .extracting(text("url"))
                                        .allMatch(url -> url.startsWith("https://")));
    }

    @Test
    void theAccusationsOfMisidentifiedRemainsStandWithTheirDenial() {
        var claims = answers.all("/v1/conflicts/ru-ua/claims?limit=1000");

        assertThat(claims)
                .filteredOn(claim -> isOfKind(claim, "misidentified"))
                .extracting(
                        text("claimId"),
                        it -> it.at("/claimant/name").asText(),
                        it -> it.at("/about/agreement").asText(),
                        it -> it.at("/assertion/count").asText())
                .containsExactlyInAnyOrder(
                        accusation("c-mix-192", "Ihor Klymenko", "1"),
                        accusation("c-mix-klymenko", "Ihor Klymenko", ""),
                        accusation("c-mix-zelensky20", "Volodymyr Zelensky", "20"),
                        accusation("c-mix-novaya", "Novaya Gazeta Europe", "20"),
                        accusation("c-seed-accuse", "Kyiv", ""));
        assertThat(claims)
                .filteredOn(claim -> isOfKind(claim, "denial"))
                .extracting(
                        it -> it.at("/claimant/name").asText(),
                        it -> it.at("/assertion/claim").asText())
                .contains(tuple("Vladimir Medinsky", "c-mix-klymenko"));
    }

    @Test
    void theTotalsOfEachSideGrowByWhatWasExchangedThatDay() {
        var before = answers.get(TOTALS + "?asOf=2025-07-16");
        var after = answers.get(TOTALS + "?asOf=2025-07-17");

        assertThat(remains(after, "UA", "received") - remains(before, "UA", "received"))
                .isEqualTo(remains(after, "RU", "handedOver") - remains(before, "RU", "handedOver"))
                .isEqualTo(1000);
        assertThat(remains(after, "UA", "handedOver") - remains(before, "UA", "handedOver"))
                .isEqualTo(remains(after, "RU", "received") - remains(before, "RU", "received"))
                .isEqualTo(19);
    }

    @Test
    void theTotalsOfEachSideAreThoseOfTheData() {
        var totals = answers.get(TOTALS);

        assertThat(remains(totals, "UA", "received")).isEqualTo(22_420);
        assertThat(remains(totals, "UA", "handedOver")).isEqualTo(1_353);
        assertThat(remains(totals, "RU", "received")).isEqualTo(1_353);
        assertThat(remains(totals, "RU", "handedOver")).isEqualTo(22_420);
    }

    /// Every command of the guide for readers is run, from top to bottom.
    @Test
    void whoReadsAsTheGuideSaysIsAnsweredWhatItPromises(@TempDir Path desk) throws Exception {
        assumeTrue(Guide.canRun("python3", "curl"));
        var script = new StringBuilder("set -u\ncurl() { command curl -sS \"$@\"; }\n");
        for (Guide.Block block : Guide.blocks(READING)) {
            if (block.language().equals("sh")) {
                script.append(block.text()).append("echo\n");
            }
        }

        var printed =
                Guide.run(
                        script.toString()
                                .replace("localhost:8081", "localhost:" + plan.ports().ledger()),
                        desk);

        assertThat(printed)
                .contains("HTTP/1.1 200 OK", "Cache-Control: public, max-age=31536000, immutable")
                .contains("HTTP/1.1 304 Not Modified")
                .contains("\nevent:totals\n", "\nretry:2000\n")
                .contains("\nconflict,asOf,knownAt,party,partyName,role,exchanges,")
                .contains("\nconflict,entry,exchange,occurredOn,from,to,category,count,")
                .contains("\n2022 UA ", "\n2025 RU ")
                .contains("\"outcome\":\"applied\"", "\"holds\":true");
        // Of all of them one goes wrong, as it is meant to.
        assertThat(PROBLEM.matcher(printed).results().map(it -> it.group(1)))
                .containsExactly("`asOf` is a day, e.g. 2025-07-17, not `17.7.2025`.");
    }

    /// The sums of `deploy/data/README.md`: what Russia handed over, and what Ukraine received from
    /// others on those days, which its totals hold too.
    @ParameterizedTest
    @CsvSource({
        "2025-06-11, 2025-06-16, remains, 0, 6057, 0",
        "2023-04-11, 2023-05-25, prisoner-of-war civilian unspecified, 2105, 2430, 0",
        "2025-02-15, 2025-04-19, prisoner-of-war civilian unspecified, 4131, 4605, 0",
        "2023-05-26, 2023-07-06, prisoner-of-war civilian unspecified, 2430, 2570, 3",
    })
    void thePublishedSumsComeOutOfTheEntriesAndOfTheTotals(
            LocalDate since,
            LocalDate until,
            String categories,
            long publishedBefore,
            long sum,
            long fromOthers) {
        var wanted = Set.of(categories.split(" "));
        var window =
                "?party=UA&direction=received&since=%s&until=%s&limit=7".formatted(since, until);
        var received = answers.all(ENTRIES + window);
        var before = answers.get(TOTALS + "?asOf=" + since.minusDays(1));
        var after = answers.get(TOTALS + "?asOf=" + until);

        var fromRussia =
                received.stream()
                        .filter(entry -> wanted.contains(entry.path("category").asText()))
                        .filter(entry -> entry.path("from").asText().equals("RU"))
                        .mapToLong(entry -> entry.at("/figure/best").asLong())
                        .sum();
        var grown =
                wanted.stream()
                        .mapToLong(
                                it ->
                                        best(after, "UA", it, "received")
                                                - best(before, "UA", it, "received"))
                        .sum();

        assertThat(publishedBefore + fromRussia).isEqualTo(sum);
        assertThat(publishedBefore + grown).isEqualTo(sum + fromOthers);
    }

    @Test
    void theEntriesAddUpToTheTotalsOfEveryPartyCategoryAndDirection() {
        var summed = new TreeMap<String, List<Long>>();
        for (var entry : answers.all(ENTRIES + "?limit=100")) {
            var category = entry.path("category").asText();
            var figure = figure(entry.path("figure"));
            summed.merge(
                    entry.path("from").asText() + " handedOver " + category,
                    figure,
                    RealDataIT::sum);
            summed.merge(
                    entry.path("to").asText() + " received " + category, figure, RealDataIT::sum);
        }
        var kept = new TreeMap<String, List<Long>>();
        for (var party : answers.get(TOTALS).path("parties")) {
            for (var total : party.path("totals")) {
                for (var direction : List.of("handedOver", "received")) {
                    var figure = figure(total.path(direction));
                    if (figure.stream().anyMatch(number -> number != 0)) {
                        kept.put(
                                "%s %s %s"
                                        .formatted(
                                                party.path("party").asText(),
                                                direction,
                                                total.path("category").asText()),
                                figure);
                    }
                }
            }
        }

        assertThat(summed).isNotEmpty().isEqualTo(kept);
    }

    @Test
    void theAuditHolds() {
        assertThat(answers.get("/v1/audit").path("holds").asBoolean()).isTrue();
    }

    @Test
    void whatIsPublishedIsReadBackByItsPosition() throws IOException {
        define("read-back");

        var receipt = publish("read-back", "x-read-back", "read-back-key");
        var totals =
                answers.get(
                        "/v1/conflicts/read-back/totals?position="
                                + receipt.path("position").asText());

        assertThat(best(totals, "B", "remains", "received")).isEqualTo(7);
    }

    @Test
    void aStrangersCorrectionIsRejectedByTheLedgerAndTheEditorsApplied() throws IOException {
        define("owned");
        publish("owned", "x-owned", "owned-key");

        var stranger = correct("publisher2", 8);
        var strangers = answers.get("/v1/exchanges/x-owned?position=" + position(stranger));
        var editor = correct("editor", 9);
        var editors = answers.get("/v1/exchanges/x-owned?position=" + position(editor));

        assertThat(strangers.at("/transfers/0/count").asInt()).isEqualTo(7);
        assertThat(editors.at("/transfers/0/count").asInt()).isEqualTo(9);
        assertThat(outcome(stranger)).isEqualTo("rejected");
        assertThat(outcome(editor)).isEqualTo("applied");
        assertThat(answers.all("/v1/rejections"))
                .extracting(text("id"))
                .contains(stranger.path("eventId").asText());
    }

    @Test
    void theSameIdempotencyKeyTwiceCountsOnce() throws IOException {
        define("repeated");

        var first = publish("repeated", "", "the-same-key");
        var second = publish("repeated", "", "the-same-key");
        answers.awaitRead(position(second));

        assertThat(second.path("subject")).isEqualTo(first.path("subject"));
        assertThat(answers.get("/v1/events/the-same-key").path("items"))
                .extracting(text("outcome"))
                .containsExactly("applied", "duplicate");
        assertThat(best(answers.get("/v1/conflicts/repeated/totals"), "B", "remains", "received"))
                .isEqualTo(7);
    }

    @Test
    void aLedgerWithAnEmptyDatabaseGivesTheSameAnswersToTheByte() throws IOException {
        awaitAllRead();
        var before = told();

        stop();
        delete(plan.state().resolve("postgres"));
        startAgain();
        awaitAllRead();

        assertThat(told()).isEqualTo(before);
    }

    private List<String> told() {
        var told = new ArrayList<String>();
        told.add(answers.text(TOTALS));
        told.add(answers.text(ARTICLE_EXCHANGE));
        told.add(answers.text(ARTICLE_EXCHANGE + "/history"));
        told.add(answers.text(ARTICLE_AGREEMENT));
        told.add(answers.text("/v1/rejections"));
        for (var list : List.of("entries", "exchanges", "claims", "agreements")) {
            answers.pages("/v1/conflicts/ru-ua/" + list + "?limit=100", told::add);
        }
        return told;
    }

    private void awaitAllRead() {
        Awaitility.await()
                .untilAsserted(
                        () ->
                                assertThat(answers.get("/v1/audit").path("partitions"))
                                        .isNotEmpty()
                                        .extracting(text("lag"))
                                        .containsOnly("0"));
    }

    private void define(String conflict) throws IOException {
        var body =
                """
                {"name":"A test","since":"2020","parties":[{"party":"A","name":"A","role":"side"},\
                {"party":"B","name":"B","role":"side"}]}\
                """;

        var answer = answers.tell("PUT", "/v1/conflicts/" + conflict, "editor", body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }

    private JsonNode publish(String conflict, String exchange, String key) throws IOException {
        var id = exchange.isEmpty() ? "" : "\"exchangeId\":\"%s\",".formatted(exchange);
        var answer =
                answers.tell(
                        "POST",
                        "/v1/exchanges",
                        "publisher",
                        "{" + id + statement(conflict, 7) + "}",
                        "Idempotency-Key",
                        key);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(answer.headers().firstValue("Ledger-Position")).isPresent();
        return answers.read(answer.body());
    }

    private JsonNode correct(String caller, int count) throws IOException {
        var answer =
                answers.tell(
                        "POST",
                        "/v1/exchanges/x-owned/corrections",
                        caller,
                        "{\"reason\":\"recounted\",\"exchange\":{%s}}"
                                .formatted(statement("owned", count)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return answers.read(answer.body());
    }

    private static String statement(String conflict, int count) {
        return """
        "conflict":"%s","occurredOn":"2025-07-17","transfers":[\
        {"from":"A","to":"B","category":"remains","count":%d}],%s\
        """
                .formatted(conflict, count, SOURCES);
    }

    /// With data under load: some are there from the first event on.
    @ParameterizedTest
    @ValueSource(strings = {"rules.yaml", "dashboards/ingest.json", "dashboards/ledger.json"})
    void everyMetricThatIsWatchedIsInAScrape(String watch) throws Exception {
        String file =
                Files.readString(UpScript.REPOSITORY.resolve("deploy/monitoring").resolve(watch));
        Set<String> named =
                Pattern.compile("\\b(parley|http|jvm|process)_[a-z_]+")
                        .matcher(file)
                        .results()
                        .map(MatchResult::group)
                        .collect(Collectors.toSet());

        assertThat(named).isNotEmpty();
        Awaitility.await().untilAsserted(() -> assertThat(scraped()).containsAll(named));
    }

    private Set<String> scraped() throws Exception {
        var names = new HashSet<String>();
        for (URI service : List.of(system.ingest(), system.ledger())) {
            var scrape = HttpRequest.newBuilder(service.resolve("/q/metrics")).build();
            answers.send(scrape)
                    .body()
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("[{ ]", 2)[0])
                    .forEach(names::add);
        }
        return names;
    }

    private String outcome(JsonNode receipt) {
        return answers.get("/v1/events/" + receipt.path("eventId").asText())
                .at("/items/0/outcome")
                .asText();
    }

    private static String position(JsonNode receipt) {
        return receipt.path("position").asText();
    }

    private static List<Integer> transferred(JsonNode agreement) {
        return Stream.of(0, 1)
                .map(at -> agreement.at("/commitments/%d/transferred/best".formatted(at)).asInt())
                .toList();
    }

    private static long remains(JsonNode totals, String party, String direction) {
        return best(totals, party, "remains", direction);
    }

    private static long best(JsonNode totals, String party, String category, String direction) {
        return totals.path("parties")
                .valueStream()
                .filter(it -> it.path("party").asText().equals(party))
                .flatMap(it -> it.path("totals").valueStream())
                .filter(it -> it.path("category").asText().equals(category))
                .mapToLong(it -> it.path(direction).path("best").asLong())
                .sum();
    }

    private static List<Long> figure(JsonNode figure) {
        return FIGURE.stream().map(field -> figure.path(field).asLong()).toList();
    }

    private static List<Long> sum(List<Long> one, List<Long> other) {
        return Stream.iterate(0, at -> at < one.size(), at -> at + 1)
                .map(at -> one.get(at) + other.get(at))
                .toList();
    }

    private static boolean isOfKind(JsonNode claim, String kind) {
        return claim.at("/assertion/kind").asText().equals(kind);
    }

    private static Tuple accusation(String claim, String claimant, String count) {
        return tuple(claim, claimant, "istanbul-2025-06", count);
    }

    private static Function<JsonNode, String> text(String field) {
        return node -> node.path(field).asText();
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
