package parley.ledger.door;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.ledger.door.Story.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What readers are told of running totals.
@QuarkusTest
@QuarkusTestResource(LogAndBooks.class)
class ReconciliationIT {
    private final Story story = Story.ofConflict();

    @Test
    void aTotalIsHeldAgainstTheLedgersOwnSum() {
        reports("a", "2024-01-10", 3100);
        says("early", "Ann", "2024-02-08", 3100);
        reports("b", "2024-06-20", 200);
        says("late", "Ann", "2024-06-29", 3310);

        Answer answer = story.ours("/reconciliation");

        assertThat(answer.items("/claim")).containsExactly(story.id("late"), story.id("early"));
        assertThat(answer.at("/items/0"))
                .isEqualTo(
                        Answer.json(
                                """
                                {"claim":"%s",
                                 "claimant":{"name":"Ann","office":null,"party":"UA"},
                                 "statedOn":"2024-06-29",
                                 "scope":{"from":"RU","to":"UA","categories":["remains"],
                                          "since":"2022-02-24","until":"2024-06-29",
                                          "agreement":null},
                                 "claimed":3310,"qualifier":"exact",
                                 "ledger":{"best":3300,"low":3300,"high":3300,"disputed":0,
                                           "unstated":0},
                                 "gap":10,"verdict":"ledger-short",
                                 "since":{"claim":"%s","claimed":3100,"gap":0,
                                          "statedOn":"2024-02-08"},
                                 "openedBy":"%s",
                                 "explanations":[{
                                  "kind":"typing-error","entries":[],"exchanges":[],"sum":3300,
                                  "sentence":"Counted on from the 3100 of 2024-02-08 (%s): \
                                3300 agrees with the ledger, and is 3310 with one digit \
                                otherwise."}]}
                                """
                                        .formatted(
                                                story.id("late"),
                                                story.id("early"),
                                                story.id("late"),
                                                story.id("early"))));
        assertThat(answer.text("/items/1/verdict")).isEqualTo("agrees");
    }

    /// The number is the same, and so are all readings of it.
    @Test
    void whatIsDeniedMeanwhileIsDisputed() {
        reports("a", "2024-01-10", 230);
        says("january", "Ann", "2024-01-31", 240);
        String before = story.ours("/reconciliation").text("/items/0/ledger/disputed");
        String known = story.ours("/totals").text("/knownAt");

        story.paper()
                .claims(
                        story.id("denial"),
                        story.claim(
                                "Ben",
                                "RU",
                                "2024-02-01",
                                "{\"exchange\":\"" + story.id("a") + "\"}",
                                "{\"kind\":\"denial\"}"));

        assertThat(story.ours("/reconciliation").text("/items/0/ledger/disputed")).isEqualTo("230");
        assertThat(story.ours("/reconciliation?knownAt=" + known).text("/items/0/ledger/disputed"))
                .isEqualTo(before)
                .isEqualTo("0");
    }

    @Test
    void theEntriesThatAClaimLeavesOutAreNamedAndTheClaimItselfCarriesThem() {
        reports("a", "2024-01-10", 3100);
        reports("b", "2024-02-10", 53);
        reports("c", "2024-03-10", 471);
        says("total", "Ann", "2024-03-29", 3571);

        String item = story.get("/v1/claims/" + story.id("total")).at("/reconciliation").toString();

        assertThat(Answer.json(item)).isEqualTo(story.ours("/reconciliation").at("/items/0"));
        assertThat(Answer.json(item).at("/explanations").findValuesAsText("kind"))
                .contains("left-out");
        assertThat(
                        Answer.json(item)
                                .at("/explanations")
                                .valueStream()
                                .filter(it -> it.path("kind").asText().equals("left-out"))
                                .map(it -> it.at("/entries/0").asText()))
                .containsExactly(
                        story.ours("/entries?exchange=" + story.id("b")).text("/items/0/entry"));
        assertThat(story.get("/v1/claims/" + story.id("total") + "?asOf=2024-02-01").status())
                .isEqualTo(200);
    }

    @Test
    void howeverMuchElseTheConflictHoldsTheEntriesOfATotalAreLookedAt() {
        List<String> others = IntStream.range(0, 60).mapToObj(it -> "T" + it).toList();
        story.define(Stream.concat(Stream.of("UA", "RU"), others.stream()).toArray(String[]::new));
        reports("a", "2024-01-10", 100);
        reports("b", "2024-02-10", 53);
        String[] elsewhere =
                others.stream()
                        .flatMap(
                                other ->
                                        Stream.of("UA", "RU")
                                                .flatMap(side -> ofTheLiving(side, other)))
                        .toArray(String[]::new);
        for (int exchange = 0; exchange < 5; exchange++) {
            story.paper()
                    .reports(story.id("else" + exchange), story.exchange("2024-03-01", elsewhere));
        }
        says("total", "Ann", "2024-03-29", 100);

        Answer answer = story.ours("/reconciliation");

        assertThat(answer.at("/items/0/explanations").findValuesAsText("sentence"))
                .anyMatch(it -> it.startsWith("Without the 53 of 2024-02-10"));
    }

    /// In both directions.
    private static Stream<String> ofTheLiving(String side, String other) {
        return Stream.of("prisoner-of-war", "civilian", "child", "unspecified")
                .flatMap(
                        category ->
                                Stream.of(
                                        transfer(side, other, category, 1),
                                        transfer(other, side, category, 1)));
    }

    @Test
    void oneClaimantsFigureExplainsWhatIsWithinTheUncertainty() {
        reports("x", "2025-06-16", 1245);
        story.paper().claims(story.id("c"), story.countClaim(story.id("x"), "Ministry", 1248));
        says("total", "Ann", "2025-07-18", 1248);

        Answer before = story.ours("/reconciliation");

        assertThat(before.items("/verdict")).containsExactly("within");
        assertThat(before.text("/items/0/explanations/0/sentence")).contains("Ministry");

        story.paper().sends("claim.retracted", story.id("c"), "{\"reason\":\"unsaid\"}");

        assertThat(story.ours("/reconciliation").items("/verdict")).containsExactly("ledger-short");
        assertThat(story.ours("/reconciliation?knownAt=" + before.text("/knownAt")).at("/items"))
                .isEqualTo(before.at("/items"));
    }

    @Test
    void whoWithdrawsHisFigureByNotSayingAnyMoreExplainsNothingByIt() {
        reports("x", "2025-06-16", 1245);
        story.paper().claims(story.id("other"), story.countClaim(story.id("x"), "Agency", 1250));
        story.paper().claims(story.id("c"), story.countClaim(story.id("x"), "Ministry", 1248));
        says("total", "Ann", "2025-07-18", 1248);
        String about = "{\"exchange\":\"" + story.id("x") + "\"}";

        assertThat(sentences()).anyMatch(it -> it.contains("By the figures of Ministry"));

        story.paper()
                .claims(
                        story.id("secret"),
                        story.claim(
                                "Ministry",
                                "UA",
                                "2025-07-19",
                                about,
                                """
                                {"kind":"count","from":"RU","to":"UA","category":"remains",
                                 "count":null,"countStatus":"withheld"}"""));

        assertThat(story.ours("/reconciliation").items("/verdict")).containsExactly("within");
        assertThat(sentences()).noneMatch(it -> it.contains("Ministry"));
    }

    private List<String> sentences() {
        return story.ours("/reconciliation").at("/items/0").findValuesAsText("sentence");
    }

    @Test
    void bothClocksApplyAndWhatHappensLaterLeavesAClosedPeriodAsItWas() {
        reports("a", "2024-01-10", 100);
        says("total", "Ann", "2024-01-20", 90);
        Answer first = story.ours("/reconciliation");

        reports("b", "2024-03-10", 10);

        assertThat(story.ours("/reconciliation").at("/items")).isEqualTo(first.at("/items"));

        reports("c", "2024-01-12", 7);

        assertThat(story.ours("/reconciliation").items("/gap")).containsExactly("-17");
        assertThat(story.ours("/reconciliation?asOf=2024-01-20").items("/gap"))
                .containsExactly("-17");
        assertThat(story.ours("/reconciliation?asOf=2024-01-11").at("/items")).isEmpty();
        assertThat(story.ours("/reconciliation?knownAt=" + first.text("/knownAt")).at("/items"))
                .isEqualTo(first.at("/items"));

        story.paper().sends("claim.retracted", story.id("total"), "{\"reason\":\"unsaid\"}");

        assertThat(story.ours("/reconciliation").at("/items")).isEmpty();
        assertThat(story.get("/v1/claims/" + story.id("total")).at("/reconciliation")).isEmpty();
    }

    @Test
    void whatATotalDoesNotSayIsTheConflictsStartItsOwnDayAndAllDirections() {
        story.paper()
                .reports(
                        story.id("x"),
                        story.exchange(
                                "2024-01-10",
                                transfer("RU", "UA", "remains", 100),
                                transfer("UA", "RU", "remains", 30),
                                transfer("RU", "UA", "civilian", 7),
                                transfer("RU", "UA", "child", 1)));
        reports("later", "2024-03-21", 5);
        claims("all", "2024-03-20", "\"categories\":[\"civilian\",\"remains\"],\"count\":137");

        JsonNode item = story.ours("/reconciliation").at("/items/0");

        assertThat(item.at("/scope"))
                .isEqualTo(
                        Answer.json(
                                """
                                {"from":null,"to":null,"categories":["civilian","remains"],
                                 "since":"2022-02-24","until":"2024-03-20","agreement":null}"""));
        assertThat(item.at("/ledger/best").asInt()).isEqualTo(137);
        assertThat(item.at("/verdict").asText()).isEqualTo("agrees");
    }

    @Test
    void aTotalOfADealAndAPeriodCountsOnlyWhatIsOfThem() {
        for (String day : List.of("2024-01-31", "2024-02-01", "2024-02-29", "2024-03-01")) {
            story.paper()
                    .reports(
                            story.id(day),
                            story.exchangeUnder(
                                    story.id("deal"), day, transfer("RU", "UA", "remains", 10)));
        }
        reports("other", "2024-02-10", 500);
        claims(
                "deal",
                "2024-05",
                "\"from\":\"RU\",\"to\":\"UA\",\"categories\":[\"remains\"],\"count\":20,"
                        + "\"since\":\"2024-02\",\"until\":\"2024-02\",\"agreement\":\""
                        + story.id("deal")
                        + "\"");

        Answer answer = story.ours("/reconciliation");

        assertThat(answer.items("/verdict")).containsExactly("agrees");
        assertThat(answer.text("/items/0/scope/since")).isEqualTo("2024-02-01");
        assertThat(answer.text("/items/0/scope/until")).isEqualTo("2024-02-29");
        assertThat(answer.text("/items/0/statedOn")).isEqualTo("2024-05");
    }

    @Test
    void whoeverClaimsNoTotalIsNotInTheList() {
        reports("x", "2025-06-16", 1245);
        story.paper().claims(story.id("c"), story.countClaim(story.id("x"), "Ministry", 1248));

        assertThat(story.ours("/reconciliation").at("/items")).isEmpty();
        assertThat(story.get("/v1/claims/" + story.id("c")).json().has("reconciliation")).isFalse();
    }

    @Test
    void aTotalWithoutANumberHasNoGap() {
        reports("x", "2024-01-10", 100);
        claims(
                "secret",
                "2024-03-20",
                "\"categories\":[\"remains\"],\"count\":null,\"countStatus\":\"withheld\"");

        JsonNode item = story.ours("/reconciliation").at("/items/0");

        assertThat(item.at("/claimed").isNull()).isTrue();
        assertThat(item.at("/gap").isNull()).isTrue();
        assertThat(item.at("/verdict").asText()).isEqualTo("undecidable");
        assertThat(item.at("/explanations")).isEmpty();
    }

    @Test
    void filtersAndPagesGiveWhatTheyName() {
        reports("a", "2024-01-10", 100);
        says("one", "Ann", "2024-01-20", 100);
        says("two", "Ben", "2024-02-20", 110);
        story.paper()
                .claims(
                        story.id("three"),
                        story.claim("Cid", "RU", "2024-03-20", "{}", total(120)));

        assertThat(names("?claimant=Ben")).containsExactly(story.id("two"));
        assertThat(names("?party=RU")).containsExactly(story.id("three"));
        assertThat(names("?verdict=agrees")).containsExactly(story.id("one"));
        assertThat(names("?since=2024-02-20&until=2024-02-20")).containsExactly(story.id("two"));

        Answer page = story.ours("/reconciliation?limit=2");
        Answer rest = story.get(page.text("/next"));

        assertThat(page.items("/claim")).containsExactly(story.id("three"), story.id("two"));
        assertThat(rest.items("/claim")).containsExactly(story.id("one"));
        assertThat(rest.at("/next").isNull()).isTrue();
    }

    @Test
    void itIsATableTooAndHasATag() {
        reports("a", "2024-01-10", 100);
        says("one", "Ann", "2024-01-20", 110);

        Answer csv = story.ours("/reconciliation?format=csv");
        Answer json = story.ours("/reconciliation");

        assertThat(csv.body().lines().findFirst().orElseThrow())
                .isEqualTo(
                        "conflict,claim,claimant,claimantOffice,claimantParty,statedOn,from,to,"
                                + "categories,since,until,agreement,claimed,qualifier,ledgerBest,"
                                + "ledgerLow,ledgerHigh,ledgerDisputed,ledgerUnstated,gap,verdict,"
                                + "sinceClaim,sinceClaimed,sinceGap,sinceStatedOn,openedBy,"
                                + "explanation,sentence");
        assertThat(csv.body()).contains(",110,exact,100,100,100,0,0,10,ledger-short,");
        assertThat(story.ours("/reconciliation", "If-None-Match", json.header("ETag")).status())
                .isEqualTo(304);
    }

    @Test
    void aBadParameterIsNamed() {
        for (String parameter :
                List.of("limit", "cursor", "asOf", "knownAt", "verdict", "since", "until")) {
            Answer answer = story.ours("/reconciliation?" + parameter + "=bad");
            assertThat(answer.status()).as(parameter).isEqualTo(400);
            assertThat(answer.text("/parameter")).isEqualTo(parameter);
        }
        assertThat(story.get("/v1/conflicts/none/reconciliation").status()).isEqualTo(404);
    }

    private List<String> names(String query) {
        return story.ours("/reconciliation" + query).items("/claim");
    }

    private void reports(String name, String day, int count) {
        story.paper()
                .reports(
                        story.id(name),
                        story.exchange(day, transfer("RU", "UA", "remains", count)));
    }

    private void says(String name, String claimant, String day, int count) {
        story.paper().claims(story.id(name), story.claim(claimant, "UA", day, "{}", total(count)));
    }

    private void claims(String name, String day, String total) {
        story.paper()
                .claims(
                        story.id(name),
                        story.claim("Ann", "UA", day, "{}", "{\"kind\":\"total\"," + total + "}"));
    }

    private static String total(int count) {
        return """
        {"kind":"total","from":"RU","to":"UA","categories":["remains"],"count":%d}"""
                .formatted(count);
    }
}
