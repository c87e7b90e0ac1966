package parley.ledger.door;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.ledger.door.Story.transfer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Exchanges, claims and agreements in the fields they were reported in, and what became of them.
@QuarkusTest
@QuarkusTestResource(LogAndBooks.class)
class StatementsIT {
    private static final String RUUA = "\"from\":\"RU\",\"to\":\"UA\",\"category\":\"remains\"";

    private final Story story = Story.ofConflict();
    private final String exchange = story.id("x");
    private final String claim = story.id("c");

    @Test
    void anExchangeIsGivenBackAsItWasReportedWithItsClaims() {
        story.paper().reports(exchange, remains(1000));
        story.paper().claims(claim, story.countClaim(exchange, "Ann", 1003));

        Answer answer = story.get("/v1/exchanges/" + exchange);

        assertThat(answer.text("/exchangeId")).isEqualTo(exchange);
        assertThat(answer.text("/occurredOn")).isEqualTo("2025-07-17");
        assertThat(answer.text("/transfers/0/count")).isEqualTo("1000");
        assertThat(answer.text("/status")).isEqualTo("standing");
        assertThat(answer.at("/mergedInto").isNull()).isTrue();
        assertThat(answer.text("/revision")).isEqualTo("1");
        assertThat(answer.text("/publisher")).isEqualTo("paper");
        assertThat(answer.text("/reportedAt")).isEqualTo(answer.text("/updatedAt"));
        assertThat(answer.text("/claims/0/claimId")).isEqualTo(claim);
        assertThat(answer.text("/claims/0/assertion/count")).isEqualTo("1003");
    }

    @Test
    void exchangesOfAConflictComeNewestFirstPageByPage() {
        story.paper().reports(story.id("old"), on("2025-06", 1));
        story.paper().reports(story.id("new"), on("2025-07-17", 2));
        story.paper().reports(story.id("same"), on("2025-07-17", 3));

        Answer first = story.ours("/exchanges?limit=2");
        Answer second = story.get(first.text("/next"));

        assertThat(first.items("/exchangeId")).containsExactly(story.id("new"), story.id("same"));
        assertThat(second.items("/exchangeId")).containsExactly(story.id("old"));
        assertThat(second.at("/next").isNull()).isTrue();
        assertThat(story.ours("/exchanges?asOf=2025-06-30").items("/exchangeId"))
                .containsExactly(story.id("old"));
    }

    @Test
    void theHistoryOfAnExchangeSaysFieldByFieldWhatEachEventChangedAndWhy() {
        story.paper().reports(exchange, remains(1000));
        story.editor().corrects(exchange, on("2025-07-18", 1003));
        story.paper().retracts(exchange);
        story.rival().corrects(exchange, remains(1));
        story.paper().reports(story.id("into"), remains(1003));
        story.editor().merges(exchange, story.id("into"));

        Answer answer = story.get("/v1/exchanges/" + exchange + "/history");

        assertThat(answer.items("/event/type"))
                .containsExactly(
                        "exchange.reported",
                        "exchange.corrected",
                        "exchange.retracted",
                        "exchange.merged");
        assertThat(answer.items("/reason").subList(1, 4))
                .containsExactly("recounted", "untrue", "the same");
        assertThat(answer.text("/items/3/mergedInto")).isEqualTo(story.id("into"));
        assertThat(answer.at("/items/1/changes").toString())
                .isEqualTo(
                        Answer.json(
                                        """
                                        [{"pointer":"/occurredOn","before":"2025-07-17",
                                          "after":"2025-07-18"},
                                         {"pointer":"/transfers/0/count","before":1000,
                                          "after":1003}]
                                        """)
                                .toString());
        assertThat(answer.at("/items/2/changes").toString())
                .isEqualTo(
                        "[{\"pointer\":\"/status\",\"before\":\"standing\",\"after\":\"retracted\"}]");
        assertThat(answer.at("/items/3/changes").toString())
                .isEqualTo(
                        Answer.json(
                                        """
                                        [{"pointer":"/mergedInto","before":null,"after":"%s"},
                                         {"pointer":"/status","before":"retracted",
                                          "after":"merged"}]
                                        """
                                                .formatted(story.id("into")))
                                .toString());
        assertThat(answer.items("/revision")).containsExactly("1", "2", "3", "4");
    }

    @Test
    void aHistoryComesPageByPageAndSaysWhatStandsAgain() {
        story.paper().reports(exchange, remains(1000));
        story.paper().retracts(exchange);
        story.paper().corrects(exchange, remains(1000));

        Answer first = story.get("/v1/exchanges/" + exchange + "/history?limit=2");
        Answer second = story.get(first.text("/next"));

        assertThat(first.header("Link")).contains(first.text("/next"));
        assertThat(first.items("/revision")).containsExactly("1", "2");
        assertThat(second.items("/revision")).containsExactly("3");
        assertThat(second.at("/items/0/changes").toString())
                .isEqualTo(
                        "[{\"pointer\":\"/status\",\"before\":\"retracted\",\"after\":\"standing\"}]");
        assertThat(second.at("/next").isNull()).isTrue();
        assertThat(story.get("/v1/exchanges/" + exchange + "/history?cursor=eA").status())
                .isEqualTo(400);
    }

    @Test
    void aMergeChangesNothingUntilItsTargetIsReported() {
        story.paper().reports(exchange, remains(1000));
        story.editor().merges(exchange, story.id("later"));

        Answer answer = story.get("/v1/exchanges/" + exchange + "/history");

        assertThat(answer.text("/items/1/mergedInto")).isEqualTo(story.id("later"));
        assertThat(answer.at("/items/1/changes")).isEmpty();
    }

    @Test
    void claimsAreListedGivenOneByOneAndHaveTheirHistory() {
        story.paper().claims(claim, story.countClaim(exchange, "Ann", 1003));
        story.paper()
                .sends(
                        "claim.corrected",
                        claim,
                        "{\"reason\":\"misheard\",\"claim\":"
                                + story.countClaim(exchange, "Ann", 1002)
                                + "}");

        assertThat(story.ours("/claims").items("/claimId")).containsExactly(claim);
        assertThat(story.get("/v1/claims/" + claim).text("/assertion/count")).isEqualTo("1002");
        assertThat(story.get("/v1/claims/" + claim).text("/revision")).isEqualTo("2");
        Answer history = story.get("/v1/claims/" + claim + "/history");
        assertThat(history.text("/items/1/changes/0/pointer")).isEqualTo("/assertion/count");
        assertThat(history.text("/items/1/reason")).isEqualTo("misheard");
    }

    @Test
    void whatWasNeverReportedIsNotFoundByName() {
        for (String path : List.of("/v1/exchanges/", "/v1/claims/", "/v1/agreements/")) {
            Answer one = story.get(path + story.id("nothing"));
            Answer history = story.get(path + story.id("nothing") + "/history");

            assertThat(one.status()).as(path).isEqualTo(404);
            assertThat(one.text("/detail")).contains(story.id("nothing"));
            assertThat(history.status()).as(path).isEqualTo(404);
        }
    }

    @Test
    void anAgreementSaysOfEachCommitmentHowFarItIsFulfilledAndWhatIsClaimed() {
        var deal = story.id("deal");
        agree(
                deal,
                "{" + RUUA + ",\"count\":6000,\"qualifier\":\"about\"}",
                "{\"from\":\"UA\",\"to\":\"RU\",\"category\":\"remains\",\"count\":10}",
                "{\"from\":\"UA\",\"to\":\"RU\",\"category\":\"civilian\",\"count\":null,"
                        + "\"countStatus\":\"unknown\"}");
        story.paper()
                .reports(
                        exchange,
                        story.exchangeUnder(
                                deal,
                                "2025-07-17",
                                transfer("RU", "UA", "remains", 1000),
                                transfer("UA", "RU", "remains", 19)));
        story.paper().reports(story.id("elsewhere"), remains(500));
        story.paper().claims(claim, total(deal, "RU", 6060));

        Answer answer = story.get("/v1/agreements/" + deal);

        assertThat(answer.text("/agreementId")).isEqualTo(deal);
        assertThat(answer.text("/commitments/0/count")).isEqualTo("6000");
        assertThat(answer.text("/commitments/0/transferred/best")).isEqualTo("1000");
        assertThat(answer.text("/commitments/0/percent")).isEqualTo("16.7");
        assertThat(answer.text("/commitments/0/remaining")).isEqualTo("5000");
        assertThat(answer.text("/commitments/0/over")).isEqualTo("0");
        assertThat(answer.text("/commitments/0/claimed/RU/count")).isEqualTo("6060");
        assertThat(answer.text("/commitments/0/claimed/RU/claim")).isEqualTo(claim);
        assertThat(answer.text("/commitments/1/percent")).isEqualTo("190.0");
        assertThat(answer.text("/commitments/1/remaining")).isEqualTo("0");
        assertThat(answer.text("/commitments/1/over")).isEqualTo("9");
        assertThat(answer.at("/commitments/2/percent").isNull()).isTrue();
        assertThat(answer.text("/commitments/2/transferred/best")).isEqualTo("0");
        assertThat(story.ours("/agreements").text("/items/0/commitments/0/transferred/best"))
                .isEqualTo("1000");
        assertThat(story.get("/v1/agreements/" + deal + "/history").items("/event/type"))
                .containsExactly("agreement.reported");
        assertThat(
                        story.get("/v1/agreements/" + deal + "?asOf=2025-07-16")
                                .text("/commitments/0/transferred/best"))
                .isEqualTo("0");
    }

    @Test
    void commitmentsOfOneDirectionAreFulfilledInOrderAndUnspecifiedOnesByWhatElseWentThatWay() {
        var deal = story.id("deal");
        agree(
                deal,
                "{" + RUUA + ",\"count\":600}",
                "{" + RUUA + ",\"count\":600}",
                "{\"from\":\"RU\",\"to\":\"UA\",\"category\":\"unspecified\",\"count\":5}");
        story.paper()
                .reports(
                        exchange,
                        story.exchangeUnder(
                                deal,
                                "2025-07-17",
                                transfer("RU", "UA", "remains", 1000),
                                transfer("RU", "UA", "child", 4)));

        Answer answer = story.get("/v1/agreements/" + deal);

        assertThat(answer.text("/commitments/0/transferred/best")).isEqualTo("600");
        assertThat(answer.text("/commitments/1/transferred/best")).isEqualTo("400");
        assertThat(answer.text("/commitments/1/remaining")).isEqualTo("200");
        assertThat(answer.text("/commitments/2/transferred/best")).isEqualTo("4");
    }

    @Test
    void aRetractedAgreementSaysSo() {
        var deal = story.id("deal");
        agree(deal, "{" + RUUA + ",\"count\":600}");
        story.paper().sends("agreement.retracted", deal, "{\"reason\":\"untrue\"}");

        assertThat(story.get("/v1/agreements/" + deal).text("/status")).isEqualTo("retracted");
    }

    private void agree(String deal, String... commitments) {
        story.paper().sends("agreement.reported", deal, story.agreement("2025-06-02", commitments));
    }

    private String total(String deal, String party, int count) {
        return story.claim(
                "Minister",
                party,
                "2025-07-18",
                "{\"agreement\":\"" + deal + "\"}",
                "{\"kind\":\"total\",\"from\":\"RU\",\"to\":\"UA\",\"categories\":[\"remains\"],"
                        + "\"count\":"
                        + count
                        + "}");
    }

    private String remains(int count) {
        return on("2025-07-17", count);
    }

    private String on(String day, int count) {
        return story.exchange(day, transfer("RU", "UA", "remains", count));
    }
}
