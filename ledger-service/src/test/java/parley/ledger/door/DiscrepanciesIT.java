package parley.ledger.door;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.ledger.door.Story.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Where claimants, or a claim and the ledger, differ about the same transfer.
@QuarkusTest
@QuarkusTestResource(LogAndBooks.class)
class DiscrepanciesIT {
    private final Story story = Story.ofConflict();
    private final String exchange = story.id("x");

    @Test
    void aDiscrepancySaysWhoSaysWhatByHowMuchAndSinceWhen() {
        story.paper()
                .reports(
                        exchange,
                        story.exchange(
                                "2025-07-17",
                                """
                                {"from":"RU","to":"UA","category":"remains","count":1000,
                                 "statedBy":["UA"]}""",
                                transfer("UA", "RU", "remains", 19)));
        says("same", "Cid", "2025-07-18", 1000);
        says("more", "Ann", "2025-07-19", 1003);
        says("less", "Ben", "2025-07-20", 990);

        Answer answer = story.ours("/discrepancies");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("/conflict")).isEqualTo(story.conflict);
        assertThat(answer.text("/knownAt")).isEqualTo(story.ours("/totals").text("/knownAt"));
        assertThat(answer.text("/position")).isNotEmpty();
        assertThat(answer.at("/next").isNull()).isTrue();
        assertThat(answer.at("/items")).hasSize(1);
        JsonNode item = answer.at("/items/0");
        assertThat(item.path("exchange").asText()).isEqualTo(exchange);
        assertThat(item.path("occurredOn").asText()).isEqualTo("2025-07-17");
        assertThat(item.path("from").asText()).isEqualTo("RU");
        assertThat(item.path("to").asText()).isEqualTo("UA");
        assertThat(item.path("category").asText()).isEqualTo("remains");
        assertThat(item.path("spread").asInt()).isEqualTo(13);
        assertThat(item.path("since").asText()).isEqualTo("2025-07-19");
        assertThat(item.at("/ledger/count").asInt()).isEqualTo(1000);
        assertThat(item.at("/ledger/countStatus").asText()).isEqualTo("stated");
        assertThat(item.at("/ledger/qualifier").asText()).isEqualTo("exact");
        assertThat(item.at("/ledger/statedBy/0").asText()).isEqualTo("UA");
        assertThat(item.at("/ledger/figure"))
                .isEqualTo(
                        Answer.json(
                                "{\"best\":1000,\"low\":990,\"high\":1003,\"disputed\":0,"
                                        + "\"unstated\":0}"));
        assertThat(item.path("claims").findValuesAsText("claim"))
                .containsExactly(story.id("same"), story.id("more"), story.id("less"));
        JsonNode claim = item.at("/claims/1");
        assertThat(claim.path("claimant"))
                .isEqualTo(Answer.json("{\"name\":\"Ann\",\"office\":null,\"party\":\"UA\"}"));
        assertThat(claim.path("statedOn").asText()).isEqualTo("2025-07-19");
        assertThat(claim.path("count").asInt()).isEqualTo(1003);
        assertThat(claim.path("low").isNull()).isTrue();
        assertThat(claim.path("qualifier").asText()).isEqualTo("exact");
        assertThat(claim.at("/event/type").asText()).isEqualTo("claim.made");
        assertThat(claim.at("/event/topic").asText()).isEqualTo("claim-events");
        assertThat(story.get("/v1/events/" + claim.at("/event/id").asText()).items("/subject"))
                .contains(story.id("more"));
        assertThat(item.has("entry")).isFalse();
    }

    @Test
    void whatAgreesOrIsOnlyUncertainInItselfIsPassedOver() {
        story.paper().reports(exchange, remains("2025-07-17", 1000));
        says("c", "Ann", "2025-07-18", 1000);
        story.paper()
                .reports(
                        story.id("range"),
                        story.exchange(
                                "2025-07-18",
                                """
                                {"from":"RU","to":"UA","category":"remains","count":50,"low":10,
                                 "high":90}"""));
        claims("in", story.id("range"), "Ann", "2025-07-18", "\"count\":50");
        story.paper()
                .reports(
                        story.id("secret"),
                        story.exchange(
                                "2025-07-18",
                                """
                                {"from":"RU","to":"UA","category":"remains","count":null,
                                 "countStatus":"withheld"}"""));
        claims("told", story.id("secret"), "Ann", "2025-07-18", "\"count\":7");

        assertThat(story.ours("/discrepancies").at("/items")).isEmpty();

        claims("also", story.id("secret"), "Ben", "2025-07-20", "\"count\":9");

        Answer answer = story.ours("/discrepancies?limit=1");
        assertThat(answer.items("/exchange")).containsExactly(story.id("secret"));
        assertThat(answer.at("/items/0/ledger/count").isNull()).isTrue();
        assertThat(answer.text("/items/0/ledger/countStatus")).isEqualTo("withheld");
        assertThat(answer.text("/items/0/spread")).isEqualTo("2");
        assertThat(answer.text("/items/0/since")).isEqualTo("2025-07-20");
        assertThat(answer.at("/next").isNull()).isTrue();
    }

    @Test
    void ofEachClaimantTheNewestCountsAndByADayTheNewestOfThen() {
        story.paper().reports(exchange, remains("2025-07-17", 1000));
        says("late", "Ann", "2025-07-25", 1000);
        says("early", "Ann", "2025-07-18", 1003);

        assertThat(story.ours("/discrepancies").at("/items")).isEmpty();
        assertThat(story.ours("/discrepancies?asOf=2025-07-17").at("/items")).isEmpty();
        Answer then = story.ours("/discrepancies?asOf=2025-07-24");
        assertThat(then.text("/asOf")).isEqualTo("2025-07-24");
        assertThat(then.items("/spread")).containsExactly("3");
        assertThat(then.items("/since")).containsExactly("2025-07-18");
    }

    @Test
    void whoCameToAnothersFigureIsNamedAndCountedByBothClocks() {
        story.paper().reports(exchange, remains("2025-07-17", 1000));
        says("first", "Ann", "2025-07-18", 1003);
        says("second", "Ben", "2025-07-18", 1001);
        says("third", "Ben", "2025-07-20", 1003);

        assertThat(story.ours("/discrepancies").at("/items/0/moves"))
                .isEqualTo(
                        Answer.json(
                                """
                                [{"claimant":"Ben","on":"2025-07-20","from":1001,"to":1003,
                                  "saidBy":["Ann"]}]"""));
        Answer claimants = story.ours("/discrepancies/claimants");
        assertThat(claimants.items("/claimant")).containsExactly("Ann", "Ben");
        assertThat(claimants.items("/transfers")).containsExactly("1", "1");
        assertThat(claimants.items("/moved")).containsExactly("0", "1");
        assertThat(claimants.items("/followed")).containsExactly("1", "0");
        assertThat(story.ours("/discrepancies/claimants?asOf=2025-07-19").items("/moved"))
                .containsExactly("0", "0");
        Answer page = story.ours("/discrepancies/claimants?limit=1");
        assertThat(story.get(page.text("/next")).items("/claimant")).containsExactly("Ben");
    }

    @Test
    void whomTheLedgerCameToLaterHasNotMovedToTheLedger() {
        story.paper().reports(exchange, remains("2025-07-17", 1000));
        says("first", "Ann", "2025-07-18", 1001);
        says("second", "Ann", "2025-07-20", 1003);
        says("third", "Ben", "2025-07-20", 990);
        says("fourth", "Ben", "2025-07-21", 1000);
        story.paper().corrects(exchange, remains("2025-07-17", 1003));

        assertThat(story.ours("/discrepancies").at("/items/0/moves"))
                .isEqualTo(
                        Answer.json(
                                """
                                [{"claimant":"Ben","on":"2025-07-21","from":990,"to":1000,
                                  "saidBy":[]}]"""));
    }

    @Test
    void theLargestComesFirstAndFollowingNextGivesEachOnce() {
        var expected = new ArrayList<String>();
        for (int spread = 5; spread >= 1; spread--) {
            String one = story.id("of-" + spread);
            expected.add(one);
            story.paper().reports(one, remains("2025-07-1" + spread, 1000));
            story.paper()
                    .claims(story.id("c-" + spread), story.countClaim(one, "Ann", 1000 + spread));
        }
        String twin = story.id("twin");
        story.paper().reports(twin, remains("2025-06-01", 8));
        story.paper().claims(story.id("c-twin"), story.countClaim(twin, "Ann", 6));
        expected.add(3, twin);
        String secret = story.id("secret");
        story.paper()
                .reports(
                        secret,
                        story.exchange(
                                "2025-07-30",
                                """
                                {"from":"RU","to":"UA","category":"remains","count":null,
                                 "countStatus":"withheld"}"""));
        story.paper().claims(story.id("c-ann"), story.countClaim(secret, "Ann", 997));
        story.paper().claims(story.id("c-ben"), story.countClaim(secret, "Ben", 1000));
        expected.add(3, secret);

        for (int limit = 1; limit <= 7; limit++) {
            Answer page = story.ours("/discrepancies?limit=" + limit);
            var followed = new ArrayList<>(page.items("/exchange"));
            while (!page.at("/next").isNull()) {
                page = story.get(page.text("/next"));
                assertThat(page.at("/items").size()).isBetween(1, limit);
                followed.addAll(page.items("/exchange"));
            }
            assertThat(followed).as("limit %d", limit).isEqualTo(expected);
        }
        assertThat(story.ours("/discrepancies").items("/spread"))
                .containsExactly("5", "4", "3", "3", "2", "2", "1");
    }

    @Test
    void whatIsRetractedOrCorrectedIsOverAndStillThereAtItsMoment() {
        story.paper().reports(exchange, remains("2025-07-17", 1000));
        says("c", "Ann", "2025-07-18", 1003);
        Answer before = story.ours("/discrepancies");
        String moment = before.text("/knownAt");
        assertThat(before.items("/spread")).containsExactly("3");

        story.paper().sends("claim.retracted", story.id("c"), "{\"reason\":\"unsaid\"}");
        assertThat(story.ours("/discrepancies").at("/items")).isEmpty();

        says("d", "Ben", "2025-07-19", 1004);
        assertThat(story.ours("/discrepancies").items("/spread")).containsExactly("4");

        story.paper().corrects(exchange, remains("2025-07-17", 1004));
        assertThat(story.ours("/discrepancies").at("/items")).isEmpty();
        assertThat(story.ours("/discrepancies?knownAt=" + moment).at("/items"))
                .isEqualTo(before.at("/items"));

        story.paper().retracts(exchange);
        assertThat(story.ours("/discrepancies").at("/items")).isEmpty();
    }

    @Test
    void aRetractedClaimIsNotAmongThoseThatStillDiffer() {
        story.paper().reports(exchange, remains("2025-07-17", 1000));
        says("c", "Ann", "2025-07-18", 1003);
        says("d", "Ben", "2025-07-19", 1010);
        story.paper().sends("claim.retracted", story.id("d"), "{\"reason\":\"unsaid\"}");

        Answer answer = story.ours("/discrepancies");

        assertThat(answer.items("/spread")).containsExactly("3");
        assertThat(answer.at("/items/0/claims").findValuesAsText("claim"))
                .containsExactly(story.id("c"));
    }

    @Test
    void theClaimsOfAMergedExchangeGoOver() {
        String kept = story.id("kept");
        story.paper().reports(kept, remains("2025-07-17", 1000));
        story.rival().reports(exchange, remains("2025-07-17", 1003));
        says("c", "Ann", "2025-07-18", 1003);
        assertThat(story.ours("/discrepancies").at("/items")).isEmpty();

        story.editor().merges(exchange, kept);

        assertThat(story.ours("/discrepancies").items("/exchange")).containsExactly(kept);
    }

    @Test
    void aPartyIsGivenOnlyWhatItReceivedOrHandedOver() {
        story.paper()
                .reports(
                        exchange,
                        story.exchange(
                                "2025-07-17",
                                transfer("RU", "UA", "remains", 1000),
                                transfer("UA", "TR", "remains", 4)));
        says("c", "Ann", "2025-07-18", 1003);

        assertThat(story.ours("/discrepancies?party=RU").at("/items")).hasSize(1);
        assertThat(story.ours("/discrepancies?party=UA").at("/items")).hasSize(1);
        assertThat(story.ours("/discrepancies?party=TR").at("/items")).isEmpty();
    }

    @Test
    void aBadParameterIsNamed() {
        for (String parameter : List.of("limit", "cursor", "asOf", "knownAt")) {
            Answer answer = story.ours("/discrepancies?" + parameter + "=bad");
            assertThat(answer.status()).as(parameter).isEqualTo(400);
            assertThat(answer.text("/parameter")).isEqualTo(parameter);
        }
        assertThat(story.get("/v1/conflicts/none/discrepancies").status()).isEqualTo(404);
    }

    private void says(String claim, String claimant, String day, int count) {
        claims(claim, exchange, claimant, day, "\"count\":" + count);
    }

    private void claims(String claim, String about, String claimant, String day, String figures) {
        story.paper()
                .claims(
                        story.id(claim),
                        story.claim(
                                claimant,
                                "UA",
                                day,
                                "{\"exchange\":\"" + about + "\"}",
                                "{\"kind\":\"count\",\"from\":\"RU\",\"to\":\"UA\","
                                        + "\"category\":\"remains\","
                                        + figures
                                        + "}"));
    }

    private String remains(String day, int count) {
        return story.exchange(day, transfer("RU", "UA", "remains", count));
    }
}
