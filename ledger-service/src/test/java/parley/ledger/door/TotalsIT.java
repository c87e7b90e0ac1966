package parley.ledger.door;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.ledger.door.Story.transfer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What each party received and handed over, whatever was said and in whatever order.
@QuarkusTest
@QuarkusTestResource(LogAndBooks.class)
class TotalsIT {
    private static final String RUUA = "{\"from\":\"RU\",\"to\":\"UA\",\"category\":\"remains\"";

    private final Story story = Story.ofConflict();

    @Test
    void aThousandForNineteenIsAnsweredAsTheContractSaysIt() {
        var exchange = story.id("x");
        story.paper()
                .reports(
                        exchange,
                        story.exchange(
                                "2025-07-17",
                                transfer("RU", "UA", "remains", 1000),
                                transfer("UA", "RU", "remains", 19)));

        Answer answer = story.ours("/totals");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.json().toString())
                .isEqualTo(
                        Answer.json(
                                        """
                                        {"conflict":"%s","asOf":null,"knownAt":"%s","position":"%s",
                                         "parties":[
                                          {"party":"UA","name":"Name of UA","role":"side",
                                           "exchanges":1,"lastExchangeOn":"2025-07-17",
                                           "totals":[{"category":"remains",
                                             "received":{"best":1000,"low":1000,"high":1000,
                                                         "disputed":0,"unstated":0},
                                             "handedOver":{"best":19,"low":19,"high":19,
                                                           "disputed":0,"unstated":0}}]},
                                          {"party":"RU","name":"Name of RU","role":"side",
                                           "exchanges":1,"lastExchangeOn":"2025-07-17",
                                           "totals":[{"category":"remains",
                                             "received":{"best":19,"low":19,"high":19,
                                                         "disputed":0,"unstated":0},
                                             "handedOver":{"best":1000,"low":1000,"high":1000,
                                                           "disputed":0,"unstated":0}}]},
                                          {"party":"TR","name":"Name of TR","role":"third",
                                           "exchanges":0,"lastExchangeOn":null,"totals":[]}]}
                                        """
                                                .formatted(
                                                        story.conflict,
                                                        story.get("/v1/exchanges/" + exchange)
                                                                .text("/updatedAt"),
                                                        answer.text("/position")))
                                .toString());
    }

    @Test
    void categoriesComeInTheOrderOfTheContract() {
        story.paper()
                .reports(
                        story.id("x"),
                        story.exchange(
                                "2025-07-17",
                                transfer("RU", "UA", "unspecified", 1),
                                transfer("RU", "UA", "remains", 2),
                                transfer("RU", "UA", "child", 3),
                                transfer("RU", "UA", "civilian", 4),
                                transfer("RU", "UA", "prisoner-of-war", 5)));

        Answer answer = story.ours("/totals/UA");

        assertThat(answer.at("/parties/0/totals").findValuesAsText("category"))
                .containsExactly("prisoner-of-war", "civilian", "child", "remains", "unspecified");
    }

    @Test
    void aCorrectionReplacesARetractionRemovesAndACorrectionAfterItMakesItStandAgain() {
        var exchange = story.id("x");
        story.paper().reports(exchange, remains(1000));
        assertThat(story.best("UA", "received")).isEqualTo("1000");

        story.paper().corrects(exchange, remains(1003));
        assertThat(story.best("UA", "received")).isEqualTo("1003");

        story.paper().retracts(exchange);
        assertThat(story.ours("/totals/UA").at("/parties/0/totals")).isEmpty();
        assertThat(story.ours("/totals/UA").at("/parties/0/exchanges").asInt()).isZero();
        assertThat(story.get("/v1/exchanges/" + exchange).text("/status")).isEqualTo("retracted");

        story.paper().corrects(exchange, remains(999));
        assertThat(story.best("UA", "received")).isEqualTo("999");
        assertThat(story.get("/v1/exchanges/" + exchange).text("/status")).isEqualTo("standing");
        assertThat(story.get("/v1/exchanges/" + exchange).at("/revision").asInt()).isEqualTo(4);
    }

    @Test
    void aMergedExchangeCountsNoMoreAndItsClaimsGoOver() {
        var kept = story.id("kept");
        var other = story.id("other");
        story.paper().reports(kept, remains(1000));
        story.rival().reports(other, remains(1000));
        story.paper().claims(story.id("c"), story.countClaim(other, "Ann", 1003));
        assertThat(story.best("UA", "received")).isEqualTo("2000");

        story.editor().merges(other, kept);

        assertThat(story.best("UA", "received")).isEqualTo("1000");
        assertThat(story.ours("/totals/UA").text("/parties/0/totals/0/received/high"))
                .isEqualTo("1003");
        Answer merged = story.get("/v1/exchanges/" + other);
        assertThat(merged.text("/status")).isEqualTo("merged");
        assertThat(merged.text("/mergedInto")).isEqualTo(kept);
        assertThat(story.get("/v1/exchanges/" + kept).at("/claims").findValuesAsText("claimId"))
                .containsExactly(story.id("c"));
    }

    @Test
    void aClaimMovesTheUncertaintyWhetherItComesBeforeOrAfterItsExchange() {
        var exchange = story.id("x");
        story.paper().claims(story.id("before"), story.countClaim(exchange, "Ann", 990));
        story.paper().reports(exchange, remains(1000));
        story.paper().claims(story.id("after"), story.countClaim(exchange, "Ben", 1003));
        story.paper()
                .claims(
                        story.id("wrong"),
                        story.claim(
                                "Cid",
                                "RU",
                                "2025-07-19",
                                "{\"exchange\":\"" + exchange + "\"}",
                                "{\"kind\":\"misidentified\","
                                        + RUUA.substring(1)
                                        + ",\"count\":20}"));

        Answer answer = story.ours("/totals/UA");

        assertThat(answer.at("/parties/0/totals/0/received"))
                .isEqualTo(
                        Answer.json(
                                "{\"best\":1000,\"low\":990,\"high\":1003,\"disputed\":20,"
                                        + "\"unstated\":0}"));
    }

    @Test
    void aWithheldCountIsUnstatedAndNotZero() {
        story.paper()
                .reports(
                        story.id("x"),
                        story.exchange(
                                "2025-07-17",
                                RUUA + ",\"count\":null,\"countStatus\":\"withheld\"}"));

        assertThat(story.ours("/totals/UA").at("/parties/0/totals/0/received"))
                .isEqualTo(
                        Answer.json(
                                "{\"best\":0,\"low\":0,\"high\":0,\"disputed\":0,\"unstated\":1}"));
    }

    @Test
    void asOfADayOnlyWhatHadTakenPlaceByThenCounts() {
        story.paper().reports(story.id("june"), on("2025-06", 10));
        story.paper().reports(story.id("july"), on("2025-07-17", 5));

        assertThat(asOf("2025-06-29").at("/parties/0/totals")).isEmpty();
        assertThat(asOf("2025-06-30").text("/parties/0/totals/0/received/best")).isEqualTo("10");
        assertThat(asOf("2025-06-30").text("/parties/0/lastExchangeOn")).isEqualTo("2025-06-30");
        assertThat(asOf("2025-07-17").text("/parties/0/totals/0/received/best")).isEqualTo("15");
        assertThat(asOf("2025-07-17").text("/asOf")).isEqualTo("2025-07-17");
    }

    @Test
    void anAnswerOfWhatWasKnownAtAMomentStaysTheSameToTheByte() {
        var exchange = story.id("x");
        story.paper().reports(exchange, remains(1000));
        story.paper().claims(story.id("c"), story.countClaim(exchange, "Ann", 1003));
        String moment = story.ours("/totals").text("/knownAt");
        var paths =
                List.of(
                        "/v1/conflicts/" + story.conflict + "/totals",
                        "/v1/conflicts/" + story.conflict + "/entries",
                        "/v1/conflicts/" + story.conflict + "/exchanges",
                        "/v1/conflicts/" + story.conflict + "/claims",
                        "/v1/conflicts/" + story.conflict,
                        "/v1/exchanges/" + exchange,
                        "/v1/exchanges/" + exchange + "/history",
                        "/v1/claims/" + story.id("c"));
        var before = paths.stream().map(it -> story.get(it + "?knownAt=" + moment)).toList();

        story.editor().corrects(exchange, remains(7));
        story.rival().reports(story.id("later"), remains(1));
        story.paper().sends("claim.retracted", story.id("c"), "{\"reason\":\"unsaid\"}");
        story.define("UA", "RU", "BY");

        assertThat(story.best("UA", "received")).isEqualTo("8");
        for (int index = 0; index < paths.size(); index++) {
            Answer after = story.get(paths.get(index) + "?knownAt=" + moment);
            assertThat(after.status()).as(paths.get(index)).isEqualTo(200);
            assertThat(after.body()).as(paths.get(index)).isEqualTo(before.get(index).body());
            assertThat(after.header("ETag")).isEqualTo(before.get(index).header("ETag"));
        }
    }

    @Test
    void aPartyThatTheConflictDoesNotHaveIsNotFound() {
        Answer answer = story.ours("/totals/XX");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text("/detail")).contains("XX").contains("UA, RU, TR");
    }

    private Answer asOf(String day) {
        return story.ours("/totals/UA?asOf=" + day);
    }

    private String remains(int count) {
        return on("2025-07-17", count);
    }

    private String on(String day, int count) {
        return story.exchange(day, transfer("RU", "UA", "remains", count));
    }
}
